package dev.slipway.web.operator;

import dev.slipway.platform.command.PlatformCommands.HealthFacts;
import dev.slipway.platform.command.PlatformCommands.OpenBuild;
import dev.slipway.platform.command.PlatformCommands.TenantGlance;
import dev.slipway.platform.command.QuotaCommands.PlanFacts;
import dev.slipway.platform.command.QuotaCommands.QuotaRequestFacts;
import dev.slipway.platform.command.SiteCommands.SiteFacts;
import dev.slipway.tenancy.quota.QuotaResource;
import dev.slipway.tenancy.quota.Unit;
import dev.slipway.web.page.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The platform at a glance. */
@CheckedTemplate(basePath = "operator", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
record OperatorPage(
        Frame frame,
        List<Check> health,
        List<QuotaRequestFacts> requests,
        List<OpenBuild> builds,
        List<SiteFacts> sites,
        List<Row> tenants,
        List<PlanRow> plans)
        implements TemplateInstance {

    /** One of the things that the platform needs, with what it says of itself as people read it. */
    record Check(String name, boolean up, List<Said> said) {
        private static final String BYTES = " bytes";

        static Check of(HealthFacts facts) {
            return new Check(
                    facts.name(),
                    facts.up(),
                    facts.data().entrySet().stream()
                            .filter(entry -> !entry.getValue().isBlank()
                                    && !entry.getValue().equals("UP"))
                            .map(entry -> said(entry.getKey(), entry.getValue()))
                            .toList());
        }

        private static Said said(String name, String value) {
            return name.endsWith(BYTES) && value.matches("[0-9]{1,18}")
                    ? new Said(
                            name.substring(0, name.length() - BYTES.length()), Unit.BYTES.tell(Long.parseLong(value)))
                    : new Said(name, value);
        }
    }

    /** A word of a check. */
    record Said(String name, String value) {}

    /** A plan with its limits as people read them, by resource. */
    record PlanRow(String name, long tenants, Map<String, String> limits) {
        static PlanRow of(PlanFacts facts) {
            Map<String, String> limits = new TreeMap<>();
            facts.limits()
                    .forEach((resource, limit) -> limits.put(
                            resource, QuotaResource.parse(resource).unit().tell(limit)));
            return new PlanRow(facts.name(), facts.tenants(), limits);
        }
    }

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
