package dev.slipway.web.log;

import dev.slipway.platform.command.LogCommands;
import dev.slipway.platform.command.LogRequest;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.web.app.AppHead;
import dev.slipway.web.app.AppHeads;
import dev.slipway.web.page.Pages;
import dev.slipway.web.page.WebPage;
import dev.slipway.web.session.Visitor;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;

/** The logs of an app. */
@Path("/t/{tenant}/apps/{app}/logs")
@WebPage
public class LogsResource {
    private static final List<Integer> CHOICES = List.of(100, 500, 2_000);

    private final Visitor visitor;
    private final AppHeads heads;
    private final LogCommands logs;
    private final Pages pages;

    LogsResource(Visitor visitor, AppHeads heads, LogCommands logs, Pages pages) {
        this.visitor = visitor;
        this.heads = heads;
        this.logs = logs;
        this.pages = pages;
    }

    /** The last lines. */
    @GET
    public Response show(
            @PathParam("tenant") String tenant,
            @PathParam("app") String app,
            @QueryParam("process") @DefaultValue("") String process,
            @QueryParam("lines") @DefaultValue("100") int lines)
            throws InterruptedException {
        AppRef ref = AppHeads.ref(tenant, app);
        LogRequest request = new LogRequest(Optional.of(process).filter(name -> !name.isBlank()), lines);
        AppHead head = heads.of(ref, "logs");
        return pages.show(new LogsPage(
                head,
                logs.tail(visitor.signedIn(), ref, request),
                process,
                List.copyOf(head.facts().formation().keySet()),
                lines,
                CHOICES));
    }
}
