package dev.slipway.platform.api;

import dev.slipway.platform.command.RegistryCommands;
import dev.slipway.platform.command.RegistryCommands.ImageFacts;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** The images of an app. Their content goes by {@code /v2/}. */
@Path("/api/v1/tenants/{tenant}/apps/{app}/images")
@Produces(MediaType.APPLICATION_JSON)
@AnswersProblems
@Tag(name = "registry")
public class ImagesResource {
    private final Caller caller;
    private final RegistryCommands registry;

    ImagesResource(Caller caller, RegistryCommands registry) {
        this.caller = caller;
        this.registry = registry;
    }

    /** Lists. */
    @GET
    @Operation(operationId = "listImages", summary = "Images of an app, newest first")
    @APIResponse(
            responseCode = "default",
            description = "A problem",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public List<ImageFacts> images(@PathParam("tenant") String tenant, @PathParam("app") String app) {
        return registry.images(caller.principal(), Field.app(tenant, app));
    }

    /** Deletes. */
    @DELETE
    @Path("{reference}")
    @ResponseStatus(204)
    @Operation(operationId = "deleteImage", summary = "Delete a tag, or by digest an image with all its tags")
    @APIResponse(
            responseCode = "default",
            description = "A problem",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public void delete(
            @PathParam("tenant") String tenant,
            @PathParam("app") String app,
            @PathParam("reference") String reference) {
        registry.delete(caller.principal(), Field.app(tenant, app), reference);
    }
}
