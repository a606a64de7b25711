package dev.slipway.platform.api;

import dev.slipway.platform.command.Page;
import dev.slipway.platform.command.ReleaseCommands;
import dev.slipway.platform.command.ReleaseFacts;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Releases. */
@Path("/api/v1/tenants/{tenant}/apps/{app}/releases")
@Produces(MediaType.APPLICATION_JSON)
@AnswersProblems
@Tag(name = "releases")
public class ReleasesResource {
    private final Caller caller;
    private final ReleaseCommands releases;

    ReleasesResource(Caller caller, ReleaseCommands releases) {
        this.caller = caller;
        this.releases = releases;
    }

    /** Lists. */
    @GET
    @Operation(operationId = "listReleases", summary = "Releases, newest first")
    public Page<ReleaseFacts> list(
            @PathParam("tenant") String tenant,
            @PathParam("app") String app,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit) {
        return releases.list(caller.principal(), Field.app(tenant, app), Field.page(cursor, limit));
    }

    /** Shows. */
    @GET
    @Path("{release}")
    @Operation(operationId = "getRelease", summary = "A release")
    public ReleaseFacts info(
            @PathParam("tenant") String tenant, @PathParam("app") String app, @PathParam("release") String release) {
        return releases.info(caller.principal(), Field.app(tenant, app), Field.release("release", release));
    }
}
