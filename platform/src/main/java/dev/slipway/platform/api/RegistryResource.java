package dev.slipway.platform.api;

import dev.slipway.platform.command.RegistryCommands;
import dev.slipway.platform.command.RegistryCommands.ImageFacts;
import dev.slipway.platform.command.RegistryCommands.StorageFacts;
import dev.slipway.registry.collect.CollectionReport;
import dev.slipway.registry.collect.VerificationReport;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** What is in the registry, and care for it. Images themselves go by {@code /v2/}. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@AnswersProblems
@Tag(name = "registry")
public class RegistryResource {
    private final Caller caller;
    private final RegistryCommands registry;

    RegistryResource(Caller caller, RegistryCommands registry) {
        this.caller = caller;
        this.registry = registry;
    }

    /** Lists. */
    @GET
    @Path("tenants/{tenant}/apps/{app}/images")
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
    @Path("tenants/{tenant}/apps/{app}/images/{reference}")
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

    /** Shows. */
    @GET
    @Path("tenants/{tenant}/registry")
    @Operation(operationId = "getRegistryUsage", summary = "What the apps of a tenant take in the registry")
    @APIResponse(
            responseCode = "default",
            description = "A problem",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public List<StorageFacts> usage(@PathParam("tenant") String tenant) {
        return registry.usage(caller.principal(), Field.tenant(tenant));
    }

    /** Cleans up. */
    @POST
    @Path("registry/collections")
    @Operation(operationId = "collectRegistry", summary = "Clean the registry up beside what runs (operators)")
    @APIResponse(
            responseCode = "default",
            description = "A problem",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public CollectionReport collect(@QueryParam("dryRun") boolean dryRun) {
        return registry.collect(caller.principal(), dryRun);
    }

    /** Verifies. */
    @POST
    @Path("registry/verifications")
    @Operation(operationId = "verifyRegistry", summary = "Read and hash all that is in the registry (operators)")
    @APIResponse(
            responseCode = "default",
            description = "A problem",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public VerificationReport verify(@QueryParam("repair") boolean repair) {
        return registry.verify(caller.principal(), repair);
    }
}
