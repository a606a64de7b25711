package dev.slipway.web.deployment;

import dev.slipway.platform.command.DeploymentCommands;
import dev.slipway.platform.command.DeploymentFacts;
import dev.slipway.platform.command.Page;
import dev.slipway.platform.command.PageRequest;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.web.app.AppHeads;
import dev.slipway.web.page.Pages;
import dev.slipway.web.page.WebPage;
import dev.slipway.web.session.Visitor;
import dev.slipway.web.stream.EventStreams;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The deployments of an app. */
@Path("/t/{tenant}/apps/{app}/deployments")
@WebPage
public class DeploymentsResource {
    private static final int PER_PAGE = 30;

    private final Visitor visitor;
    private final AppHeads heads;
    private final DeploymentCommands deployments;
    private final EventStreams streams;
    private final Pages pages;

    DeploymentsResource(
            Visitor visitor, AppHeads heads, DeploymentCommands deployments, EventStreams streams, Pages pages) {
        this.visitor = visitor;
        this.heads = heads;
        this.deployments = deployments;
        this.streams = streams;
        this.pages = pages;
    }

    /** Lists them. */
    @GET
    public Response list(
            @PathParam("tenant") String tenant,
            @PathParam("app") String app,
            @QueryParam("after") @Nullable String after) {
        AppRef ref = AppHeads.ref(tenant, app);
        Page<DeploymentFacts> page =
                deployments.list(visitor.signedIn(), ref, PageRequest.after(Optional.ofNullable(after), PER_PAGE));
        return pages.show(new DeploymentsPage(heads.of(ref, "deployments"), page.items(), page.next()));
    }

    /** One with its output so far. */
    @GET
    @Path("{number:\\d+}")
    public Response show(
            @PathParam("tenant") String tenant, @PathParam("app") String app, @PathParam("number") int number) {
        AppRef ref = AppHeads.ref(tenant, app);
        Principal.Person person = visitor.signedIn();
        return pages.show(DeploymentPage.of(
                heads.of(ref, "deployments"),
                deployments.info(person, ref, number),
                deployments.output(person, ref, number)));
    }

    /** The output from its beginning and as it grows: events {@code text} and at last {@code end}. */
    @GET
    @Path("{number:\\d+}/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Blocking
    public Multi<OutboundSseEvent> follow(
            @PathParam("tenant") String tenant,
            @PathParam("app") String app,
            @PathParam("number") int number,
            @Context Sse sse) {
        return streams.output(sse, deployments.follow(visitor.signedIn(), AppHeads.ref(tenant, app), number));
    }

    /** Calls one off. */
    @POST
    @Path("{number:\\d+}/cancel")
    public Response cancel(
            @PathParam("tenant") String tenant,
            @PathParam("app") String app,
            @PathParam("number") int number,
            MultivaluedMap<String, String> fields) {
        AppRef ref = AppHeads.ref(tenant, app);
        return pages.change(AppHeads.path(ref, "/deployments/" + number), messages -> {
            deployments.cancel(visitor.signedIn(), ref, number);
            return messages.deploymentCancelled(number);
        });
    }
}
