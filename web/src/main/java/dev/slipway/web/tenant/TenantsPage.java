package dev.slipway.web.tenant;

import dev.slipway.platform.command.TenantCommands.TenantFacts;
import dev.slipway.web.page.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/** The tenants one may see. */
@CheckedTemplate(basePath = "tenant", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
record TenantsPage(Frame frame, List<TenantFacts> tenants) implements TemplateInstance {}
