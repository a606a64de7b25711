package dev.slipway.platform.api;

import dev.slipway.platform.command.BuildCommands;
import dev.slipway.platform.command.DeploymentCommands;
import dev.slipway.platform.command.DeploymentFacts;
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

/** Deployments and their output. */
@Path("/api/v1/tenants/{tenant}/apps/{app}/deployments")
@Produces(MediaType.APPLICATION_JSON)
@AnswersProblems
@Tag(name = "deployments")
public class DeploymentsResource {
    private final Caller caller;
    private final DeploymentCommands deployments;
    private final EventStream events;

    DeploymentsResource(Caller caller, DeploymentCommands deployments, EventStream events) {
        this.caller = caller;
        this.deployments = deployments;
        this.events = events;
    }

    /** Lists. */
    @GET
    @Operation(operationId = "listDeployments", summary = "Deployments, newest first")
    public Page<DeploymentFacts> list(
            @PathParam("tenant") String tenant,
            @PathParam("app") String app,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit) {
        return deployments.list(caller.principal(), Field.app(tenant, app), Field.page(cursor, limit));
    }

    /** Shows. */
    @GET
    @Path("{deployment}")
    @Operation(operationId = "getDeployment", summary = "A deployment")
    public DeploymentFacts info(
            @PathParam("tenant") String tenant,
            @PathParam("app") String app,
            @PathParam("deployment") String deployment) {
        return deployments.info(caller.principal(), Field.app(tenant, app), Field.number("deployment", deployment));
    }

    /** Cancels. */
    @DELETE
    @Path("{deployment}")
    @ResponseStatus(202)
    @Operation(operationId = "cancelDeployment", summary = "Cancel a deployment; the earlier release goes on serving")
    public DeploymentFacts cancel(
            @PathParam("tenant") String tenant,
            @PathParam("app") String app,
            @PathParam("deployment") String deployment) {
        return deployments.cancel(caller.principal(), Field.app(tenant, app), Field.number("deployment", deployment));
    }

    /** The output as it comes. */
    @GET
    @Path("{deployment}/output")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Blocking
    @Operation(operationId = "followDeployment", summary = "What a deployment tells, as events text and, once, end")
    public Multi<OutboundSseEvent> follow(
            @PathParam("tenant") String tenant,
            @PathParam("app") String app,
            @PathParam("deployment") String deployment,
            @Context Sse sse) {
        BuildCommands.Following following =
                deployments.follow(caller.principal(), Field.app(tenant, app), Field.number("deployment", deployment));
        return events.transcript(sse, following);
    }
}
