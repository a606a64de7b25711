package dev.slipway.web.tenant;

import dev.slipway.platform.command.AppFacts;
import dev.slipway.web.page.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/**
 * A tenant's home.
 *
 * @param member whether it is for somebody of the tenant, rather than for a guest of some of its apps
 */
@CheckedTemplate(basePath = "tenant", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
record TenantPage(Frame frame, String tenant, List<Row> apps, boolean member, List<QuotaBar> quotas)
        implements TemplateInstance {
    /** An app in the list, by its name without the tenant's. */
    record Row(String name, AppFacts app) {
        static Row of(AppFacts app) {
            return new Row(app.app().substring(app.app().indexOf('/') + 1), app);
        }
    }
}
