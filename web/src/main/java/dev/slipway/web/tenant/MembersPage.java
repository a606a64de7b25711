package dev.slipway.web.tenant;

import dev.slipway.platform.command.TenantCommands.MemberFacts;
import dev.slipway.web.page.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/** A tenant's members. */
@CheckedTemplate(basePath = "tenant", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
record MembersPage(Frame frame, String tenant, List<MemberFacts> members, boolean mayChange)
        implements TemplateInstance {}
