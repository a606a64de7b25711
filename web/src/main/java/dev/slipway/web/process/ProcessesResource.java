package dev.slipway.web.process;

import dev.slipway.platform.command.LimitChange;
import dev.slipway.platform.command.OverviewCommands;
import dev.slipway.platform.command.ProcessCommands;
import dev.slipway.platform.command.Rolling;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.web.app.AppHeads;
import dev.slipway.web.page.Form;
import dev.slipway.web.page.Pages;
import dev.slipway.web.page.WebPage;
import dev.slipway.web.session.Visitor;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;

/** The processes of an app: how many, how large, whether at all. */
@Path("/t/{tenant}/apps/{app}/processes")
@WebPage
public class ProcessesResource {
    private static final long MEBI = 1L << 20;
    private static final int MILLIS = 1_000;

    private final Visitor visitor;
    private final AppHeads heads;
    private final ProcessCommands processes;
    private final OverviewCommands overview;
    private final Pages pages;

    ProcessesResource(
            Visitor visitor, AppHeads heads, ProcessCommands processes, OverviewCommands overview, Pages pages) {
        this.visitor = visitor;
        this.heads = heads;
        this.processes = processes;
        this.overview = overview;
        this.pages = pages;
    }

    /** Lists them. */
    @GET
    public Response list(@PathParam("tenant") String tenant, @PathParam("app") String app) {
        AppRef ref = AppHeads.ref(tenant, app);
        OverviewCommands.Running running = overview.running(visitor.signedIn(), ref);
        return pages.show(new ProcessesPage(heads.of(ref, running.app(), "processes"), running.processes()));
    }

    /** Changes how many of one process type there are. */
    @POST
    @Path("scale")
    public Response scale(
            @PathParam("tenant") String tenant, @PathParam("app") String app, MultivaluedMap<String, String> fields) {
        AppRef ref = AppHeads.ref(tenant, app);
        Form form = Form.of(fields);
        return pages.change(AppHeads.path(ref, "/processes"), messages -> {
            String process = form.text("process");
            int count = form.number("count");
            processes.scale(visitor.signedIn(), ref, Map.of(process, count));
            return messages.scaled(process, count);
        });
    }

    /** Changes how large the instances of one process type are. */
    @POST
    @Path("limit")
    public Response limit(
            @PathParam("tenant") String tenant, @PathParam("app") String app, MultivaluedMap<String, String> fields) {
        AppRef ref = AppHeads.ref(tenant, app);
        Form form = Form.of(fields);
        return pages.change(AppHeads.path(ref, "/processes"), messages -> {
            String process = form.text("process");
            LimitChange change = new LimitChange(
                    Optional.of(Math.round(form.decimal("cores") * MILLIS)), Optional.of(form.number("memory") * MEBI));
            processes.limit(visitor.signedIn(), ref, Map.of(process, change));
            return messages.limited(process);
        });
    }

    /** Replaces all instances by fresh ones. */
    @POST
    @Path("restart")
    public Response restart(
            @PathParam("tenant") String tenant, @PathParam("app") String app, MultivaluedMap<String, String> fields) {
        AppRef ref = AppHeads.ref(tenant, app);
        return pages.change(AppHeads.path(ref, "/processes"), messages -> {
            Rolling begun = processes.restart(visitor.signedIn(), ref);
            return messages.restarted(begun.deployment());
        });
    }

    /** Ends all instances and keeps the formation. */
    @POST
    @Path("stop")
    public Response stop(
            @PathParam("tenant") String tenant, @PathParam("app") String app, MultivaluedMap<String, String> fields) {
        AppRef ref = AppHeads.ref(tenant, app);
        return pages.change(AppHeads.path(ref, "/processes"), messages -> {
            processes.stop(visitor.signedIn(), ref);
            return messages.stopped();
        });
    }

    /** Lets the formation run again. */
    @POST
    @Path("start")
    public Response start(
            @PathParam("tenant") String tenant, @PathParam("app") String app, MultivaluedMap<String, String> fields) {
        AppRef ref = AppHeads.ref(tenant, app);
        return pages.change(AppHeads.path(ref, "/processes"), messages -> {
            processes.start(visitor.signedIn(), ref);
            return messages.started();
        });
    }
}
