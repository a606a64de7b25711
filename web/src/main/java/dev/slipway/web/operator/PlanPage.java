package dev.slipway.web.operator;

import dev.slipway.tenancy.quota.QuotaResource;
import dev.slipway.web.page.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * A plan to look at, change or define.
 *
 * @param name empty for one that is to be defined
 * @param tenants how many have it
 * @param seen the mark of what it was when the form was made
 * @param trouble why the form is shown again; empty at first
 * @param known whether it is shown as it is now
 */
@CheckedTemplate(basePath = "operator", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
record PlanPage(Frame frame, String name, long tenants, List<Line> lines, String seen, String trouble, boolean known)
        implements TemplateInstance {

    /** A limit as it is typed; empty where the installation's default holds. */
    record Line(String resource, String amount) {}

    /** All resources with what is typed for each. */
    static List<Line> lines(Function<QuotaResource, String> typed) {
        return Arrays.stream(QuotaResource.values())
                .map(resource -> new Line(resource.text(), typed.apply(resource)))
                .toList();
    }
}
