package dev.slipway.web.usage;

import dev.slipway.platform.app.InvalidSettingException;
import dev.slipway.platform.app.ProcessLimits;
import dev.slipway.platform.command.UsageCommands;
import dev.slipway.platform.command.UsageCommands.By;
import dev.slipway.platform.command.UsageCommands.UsageReport;
import dev.slipway.platform.command.WasteCommands;
import dev.slipway.tenancy.identity.AppName;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.web.page.Form;
import dev.slipway.web.page.Frames;
import dev.slipway.web.page.Pages;
import dev.slipway.web.page.WebPage;
import dev.slipway.web.session.Visitor;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** The usage of a tenant, to look at and to take along, and what it asked for in vain. */
@Path("/t/{tenant}/usage")
@WebPage
public class UsageResource {
    private final Visitor visitor;
    private final UsageCommands usage;
    private final WasteCommands waste;
    private final Frames frames;
    private final Pages pages;

    UsageResource(Visitor visitor, UsageCommands usage, WasteCommands waste, Frames frames, Pages pages) {
        this.visitor = visitor;
        this.usage = usage;
        this.waste = waste;
        this.frames = frames;
        this.pages = pages;
    }

    /** Shows some days, this month's if not said otherwise. */
    @GET
    public Response show(
            @PathParam("tenant") String text,
            @QueryParam("from") @DefaultValue("") String from,
            @QueryParam("to") @DefaultValue("") String to) {
        TenantName tenant = TenantName.parse(text);
        return pages.show(UsagePage.of(
                frames.of(tenant), report(tenant, from, to, By.APP_AND_DAY), waste.report(visitor.signedIn(), tenant)));
    }

    /** The same by app and day as a file. */
    @GET
    @Path("csv")
    public Response file(
            @PathParam("tenant") String text,
            @QueryParam("from") @DefaultValue("") String from,
            @QueryParam("to") @DefaultValue("") String to) {
        UsageReport report = report(TenantName.parse(text), from, to, By.APP_AND_DAY);
        return Response.ok(report.csv(), "text/csv; charset=utf-8")
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"usage-" + report.tenant() + "-" + report.from() + ".csv\"")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    /** Gives a process type the limits that would fit, if it still has those that the page showed. */
    @POST
    @Path("fit")
    public Response fit(@PathParam("tenant") String text, MultivaluedMap<String, String> fields) {
        TenantName tenant = TenantName.parse(text);
        Form form = Form.of(fields);
        return pages.change("/t/" + tenant + "/usage#waste", messages -> {
            AppRef ref = new AppRef(tenant, AppName.parse(form.text("app")));
            waste.apply(
                    visitor.signedIn(),
                    ref,
                    form.text("process"),
                    limits(form, "seen-cpu", "seen-memory"),
                    limits(form, "cpu", "memory"));
            return frames.language().usageMessages().fitted(ref.app().value(), form.text("process"));
        });
    }

    private static ProcessLimits limits(Form form, String cpu, String memory) {
        try {
            return new ProcessLimits(Long.parseLong(form.text(cpu)), Long.parseLong(form.text(memory)));
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException("Those limits cannot be: " + e.getMessage() + ".");
        }
    }

    private UsageReport report(TenantName tenant, String from, String to, By by) {
        return usage.usage(visitor.signedIn(), tenant, given(from), given(to), by);
    }

    private static Optional<String> given(String field) {
        return Optional.of(field.strip()).filter(text -> !text.isEmpty());
    }
}
