package dev.slipway.web.operator;

import dev.slipway.platform.command.QuotaCommands;
import dev.slipway.platform.command.QuotaCommands.PlanFacts;
import dev.slipway.tenancy.identity.NotPossibleException;
import dev.slipway.tenancy.identity.RefusalException;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.tenancy.quota.QuotaResource;
import dev.slipway.web.language.OperatorMessages;
import dev.slipway.web.page.Form;
import dev.slipway.web.page.Frames;
import dev.slipway.web.page.Pages;
import dev.slipway.web.page.Seen;
import dev.slipway.web.page.WebPage;
import dev.slipway.web.session.Notice;
import dev.slipway.web.session.Visitor;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Plans: looked at, defined, changed, given to tenants and removed by operators. */
@Path("/operator")
@WebPage
public class PlansResource {
    private static final String BACK = "/operator";
    private static final int CONFLICT = 409;
    private static final int CHANGED = 412;

    private final Visitor visitor;
    private final QuotaCommands quotas;
    private final Seen seen;
    private final Frames frames;
    private final Pages pages;

    PlansResource(Visitor visitor, QuotaCommands quotas, Seen seen, Frames frames, Pages pages) {
        this.visitor = visitor;
        this.quotas = quotas;
        this.seen = seen;
        this.frames = frames;
        this.pages = pages;
    }

    /** The form for a new plan. */
    @GET
    @Path("new-plan")
    public Response blank() {
        quotas.plans(visitor.signedIn());
        return pages.show(new PlanPage(
                frames.plain(), "", 0, PlanPage.lines(resource -> ""), seen.mark(Optional.empty()), "", false));
    }

    /** A plan in its form. */
    @GET
    @Path("plans/{plan}")
    public Response show(@PathParam("plan") String name) {
        PlanFacts plan = quotas.plan(visitor.signedIn(), name);
        return pages.show(new PlanPage(
                frames.plain(),
                plan.name(),
                plan.tenants(),
                PlanPage.lines(resource -> Optional.ofNullable(plan.limits().get(resource.text()))
                        .map(limit -> resource.unit().write(limit))
                        .orElse("")),
                seen.mark(Optional.of(plan)),
                "",
                true));
    }

    /** Defines or changes a plan. What cannot be is explained above the form, which keeps what was typed. */
    @POST
    @Path("plans")
    public Response define(MultivaluedMap<String, String> fields) {
        Form form = Form.of(fields);
        String name = form.text("name");
        try {
            quotas.definePlan(visitor.signedIn(), name, limits(form), seen.unchanged(form.text("seen")));
        } catch (Seen.ChangedMeanwhileException e) {
            return again(CHANGED, form, sentences().planChangedMeanwhile());
        } catch (RefusalException e) {
            if (e.code().equals("denied")) {
                throw e;
            }
            return again(CONFLICT, form, e.sentence());
        }
        visitor.leave(Notice.done(sentences().planDefined(name)));
        return pages.to(BACK);
    }

    /** Removes a plan that no tenant has. */
    @POST
    @Path("plans/remove")
    public Response remove(MultivaluedMap<String, String> fields) {
        Form form = Form.of(fields);
        String name = form.text("name");
        return pages.change(BACK, messages -> {
            if (!form.text("confirm").equals(name)) {
                throw new NotPossibleException("plan", name, sentences().typeTheName(name));
            }
            quotas.removePlan(visitor.signedIn(), name, seen.unchanged(form.text("seen")));
            return sentences().planRemoved(name);
        });
    }

    /** Gives a tenant a plan; with none the installation's defaults hold. */
    @POST
    @Path("plans/give")
    public Response give(MultivaluedMap<String, String> fields) {
        Form form = Form.of(fields);
        return pages.change(BACK, messages -> {
            TenantName tenant = TenantName.parse(form.text("tenant"));
            Optional<String> plan = Optional.of(form.text("plan")).filter(name -> !name.isEmpty());
            quotas.givePlan(visitor.signedIn(), tenant, plan);
            return sentences()
                    .planGiven(tenant.value(), plan.orElseGet(() -> sentences().usual()));
        });
    }

    private Response again(int status, Form form, String trouble) {
        return pages.show(
                status,
                new PlanPage(
                        frames.plain(),
                        form.text("name"),
                        0,
                        PlanPage.lines(resource -> form.text(resource.text())),
                        form.text("seen"),
                        trouble,
                        false));
    }

    private static Map<QuotaResource, Long> limits(Form form) {
        Map<QuotaResource, Long> limits = new EnumMap<>(QuotaResource.class);
        for (QuotaResource resource : QuotaResource.values()) {
            if (form.has(resource.text())) {
                limits.put(resource, resource.unit().read(form.text(resource.text())));
            }
        }
        return limits;
    }

    private OperatorMessages sentences() {
        return frames.language().operatorMessages();
    }
}
