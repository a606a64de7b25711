package dev.slipway.web.operator;

import dev.slipway.platform.command.PlatformCommands.HealthFacts;
import dev.slipway.platform.command.PlatformCommands.OpenBuild;
import dev.slipway.platform.command.PlatformCommands.TenantGlance;
import dev.slipway.platform.command.QuotaCommands.PlanFacts;
import dev.slipway.platform.command.QuotaCommands.QuotaRequestFacts;
import dev.slipway.platform.command.SiteCommands.SiteFacts;
import dev.slipway.web.page.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/** The platform at a glance. */
@CheckedTemplate(basePath = "operator", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
record OperatorPage(
        Frame frame,
        List<HealthFacts> health,
        List<QuotaRequestFacts> requests,
        List<OpenBuild> builds,
        List<SiteFacts> sites,
        List<Row> tenants,
        List<PlanFacts> plans)
        implements TemplateInstance {

    /** A tenant and how much of its shares is used, in hundredths. */
    record Row(TenantGlance facts, int cpu, int memory) {
        static Row of(TenantGlance facts) {
            return new Row(
                    facts,
                    percent(facts.cpuUsed(), facts.cpuLimit()),
                    percent(facts.memoryUsed(), facts.memoryLimit()));
        }

        private static int percent(long used, long limit) {
            return limit == 0 ? 100 : (int) Math.min(100, Math.round(100.0 * used / limit));
        }
    }
}
