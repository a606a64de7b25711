package dev.slipway.platform.api;

import dev.slipway.platform.command.BuildCommands;
import dev.slipway.platform.command.BuildFacts;
import dev.slipway.platform.command.Page;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Builds and their output. */
@Path("/api/v1/tenants/{tenant}/apps/{app}/builds")
@Produces(MediaType.APPLICATION_JSON)
@AnswersProblems
@Tag(name = "builds")
public class BuildsResource {
    private final Caller caller;
    private final BuildCommands builds;
    private final EventStream events;

    BuildsResource(Caller caller, BuildCommands builds, EventStream events) {
        this.caller = caller;
        this.builds = builds;
        this.events = events;
    }

    /** Lists. */
    @GET
    @Operation(operationId = "listBuilds", summary = "Builds, newest first")
    public Page<BuildFacts> list(
            @PathParam("tenant") String tenant,
            @PathParam("app") String app,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit) {
        return builds.list(caller.principal(), Field.app(tenant, app), Field.page(cursor, limit));
    }

    /** Shows. */
    @GET
    @Path("{build}")
    @Operation(operationId = "getBuild", summary = "A build")
    public BuildFacts info(
            @PathParam("tenant") String tenant, @PathParam("app") String app, @PathParam("build") String build) {
        return builds.info(caller.principal(), Field.app(tenant, app), Field.number("build", build));
    }

    /** Cancels. */
    @DELETE
    @Path("{build}")
    @ResponseStatus(202)
    @Operation(operationId = "cancelBuild", summary = "Cancel a build that has not ended")
    public BuildFacts cancel(
            @PathParam("tenant") String tenant, @PathParam("app") String app, @PathParam("build") String build) {
        return builds.cancel(caller.principal(), Field.app(tenant, app), Field.number("build", build));
    }

    /** The output so far. */
    @GET
    @Path("{build}/output")
    @Produces(MediaType.TEXT_PLAIN)
    @Operation(operationId = "getBuildOutput", summary = "What a build printed so far")
    public String output(
            @PathParam("tenant") String tenant, @PathParam("app") String app, @PathParam("build") String build) {
        return builds.output(caller.principal(), Field.app(tenant, app), Field.number("build", build));
    }

    /** The output as it comes. */
    @GET
    @Path("{build}/output")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Blocking
    @Operation(operationId = "getBuildOutput", summary = "What a build prints, as events text and, once, end")
    public Multi<OutboundSseEvent> follow(
            @PathParam("tenant") String tenant,
            @PathParam("app") String app,
            @PathParam("build") String build,
            @Context Sse sse) {
        BuildCommands.Following following =
                builds.follow(caller.principal(), Field.app(tenant, app), Field.number("build", build));
        return events.transcript(sse, following);
    }
}
