package dev.slipway.platform.api;

import dev.slipway.platform.command.RegistryCommands;
import dev.slipway.platform.command.RegistryCommands.ImageFacts;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** The images of an app. Single blobs go by {@code /v2/}, whole images also as archives here. */
@Path("/api/v1/tenants/{tenant}/apps/{app}/images")
@Produces(MediaType.APPLICATION_JSON)
@AnswersProblems
@Tag(name = "registry")
public class ImagesResource {
    private static final String TAR = "application/x-tar";

    private final Caller caller;
    private final RegistryCommands registry;

    ImagesResource(Caller caller, RegistryCommands registry) {
        this.caller = caller;
        this.registry = registry;
    }

    /** Lists. */
    @GET
    @Operation(operationId = "listImages", summary = "Images of an app, newest first")
    public List<ImageFacts> images(@PathParam("tenant") String tenant, @PathParam("app") String app) {
        return registry.images(caller.principal(), Field.app(tenant, app));
    }

    /** Imports. */
    @POST
    @Consumes(MediaType.WILDCARD)
    @ResponseStatus(201)
    @Operation(operationId = "importImages", summary = "Bring the images of a tar (OCI image layout)")
    @RequestBody(content = @Content(mediaType = TAR, schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public ImportedImages bring(
            @PathParam("tenant") String tenant,
            @PathParam("app") String app,
            @QueryParam("tag") @Nullable String tag,
            InputStream archive) {
        return new ImportedImages(
                registry.bring(caller.principal(), Field.app(tenant, app), Optional.ofNullable(tag), archive));
    }

    /** What came. */
    public record ImportedImages(List<String> digests) {}

    /** Exports. */
    @GET
    @Path("{reference}/archive")
    @Produces(MediaType.WILDCARD)
    @Operation(operationId = "exportImage", summary = "An image as a tar (OCI image layout)")
    @APIResponse(
            responseCode = "200",
            description = "The tar",
            content = @Content(mediaType = TAR, schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Response export(
            @PathParam("tenant") String tenant,
            @PathParam("app") String app,
            @PathParam("reference") String reference) {
        RegistryCommands.Export export = registry.export(caller.principal(), Field.app(tenant, app), reference);
        StreamingOutput tar = export::to;
        return Response.ok(tar, TAR).build();
    }

    /** Copies. */
    @POST
    @Path("{reference}/copies")
    @ResponseStatus(202)
    @Operation(operationId = "copyImage", summary = "Copy an image to another registry of the settings (operators)")
    public void copy(
            @PathParam("tenant") String tenant,
            @PathParam("app") String app,
            @PathParam("reference") String reference,
            @QueryParam("to") @DefaultValue("") String target,
            @QueryParam("priority") @DefaultValue("50") String priority) {
        registry.replicate(
                caller.principal(), Field.app(tenant, app), reference, target, Field.number("priority", priority));
    }

    /** Deletes. */
    @DELETE
    @Path("{reference}")
    @ResponseStatus(204)
    @Operation(operationId = "deleteImage", summary = "Delete a tag, or by digest an image with all its tags")
    public void delete(
            @PathParam("tenant") String tenant,
            @PathParam("app") String app,
            @PathParam("reference") String reference) {
        registry.delete(caller.principal(), Field.app(tenant, app), reference);
    }
}
