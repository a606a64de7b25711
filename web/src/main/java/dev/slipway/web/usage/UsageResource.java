package dev.slipway.web.usage;

import dev.slipway.platform.command.UsageCommands;
import dev.slipway.platform.command.UsageCommands.By;
import dev.slipway.platform.command.UsageCommands.UsageReport;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.web.page.Frames;
import dev.slipway.web.page.Pages;
import dev.slipway.web.page.WebPage;
import dev.slipway.web.session.Visitor;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** The usage of a tenant, to look at and to take along. */
@Path("/t/{tenant}/usage")
@WebPage
public class UsageResource {
    private final Visitor visitor;
    private final UsageCommands usage;
    private final Frames frames;
    private final Pages pages;

    UsageResource(Visitor visitor, UsageCommands usage, Frames frames, Pages pages) {
        this.visitor = visitor;
        this.usage = usage;
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
        return pages.show(
                UsagePage.of(frames.of(tenant), report(tenant, from, to, By.APP), report(tenant, from, to, By.DAY)));
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

    private UsageReport report(TenantName tenant, String from, String to, By by) {
        return usage.usage(visitor.signedIn(), tenant, given(from), given(to), by);
    }

    private static Optional<String> given(String field) {
        return Optional.of(field.strip()).filter(text -> !text.isEmpty());
    }
}
