package dev.slipway.web.tenant;

import dev.slipway.platform.command.RoleCommands.GrantFacts;
import dev.slipway.platform.command.RoleCommands.RoleFacts;
import dev.slipway.platform.command.TenantCommands.MemberFacts;
import dev.slipway.web.page.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/**
 * Who may what in a tenant.
 *
 * @param grants roles beside a membership
 * @param roles those that the tenant defined
 * @param choices what such a role can hold
 */
@CheckedTemplate(basePath = "tenant", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
record MembersPage(
        Frame frame,
        String tenant,
        List<MemberFacts> members,
        List<GrantFacts> grants,
        List<RoleFacts> roles,
        List<String> choices,
        boolean mayChange)
        implements TemplateInstance {}
