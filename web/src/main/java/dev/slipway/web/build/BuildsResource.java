package dev.slipway.web.build;

import dev.slipway.platform.command.BuildCommands;
import dev.slipway.platform.command.BuildFacts;
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

/** The builds of an app. */
@Path("/t/{tenant}/apps/{app}/builds")
@WebPage
public class BuildsResource {
    private static final int PER_PAGE = 30;

    private final Visitor visitor;
    private final AppHeads heads;
    private final BuildCommands builds;
    private final EventStreams streams;
    private final Pages pages;

    BuildsResource(Visitor visitor, AppHeads heads, BuildCommands builds, EventStreams streams, Pages pages) {
        this.visitor = visitor;
        this.heads = heads;
        this.builds = builds;
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
        Page<BuildFacts> page =
                builds.list(visitor.signedIn(), ref, PageRequest.after(Optional.ofNullable(after), PER_PAGE));
        return pages.show(new BuildsPage(heads.of(ref, "builds"), page.items(), page.next()));
    }

    /** One with its output so far. */
    @GET
    @Path("{number:\\d+}")
    public Response show(
            @PathParam("tenant") String tenant, @PathParam("app") String app, @PathParam("number") int number) {
        AppRef ref = AppHeads.ref(tenant, app);
        Principal.Person person = visitor.signedIn();
        return pages.show(BuildPage.of(
                heads.of(ref, "builds"), builds.info(person, ref, number), builds.output(person, ref, number)));
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
        return streams.output(sse, builds.follow(visitor.signedIn(), AppHeads.ref(tenant, app), number));
    }

    /** Ends one that has not ended. */
    @POST
    @Path("{number:\\d+}/cancel")
    public Response cancel(
            @PathParam("tenant") String tenant,
            @PathParam("app") String app,
            @PathParam("number") int number,
            MultivaluedMap<String, String> fields) {
        AppRef ref = AppHeads.ref(tenant, app);
        return pages.change(AppHeads.path(ref, "/builds/" + number), messages -> {
            builds.cancel(visitor.signedIn(), ref, number);
            return messages.buildCancelled(number);
        });
    }
}
