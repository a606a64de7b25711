package dev.slipway.platform.api;

import dev.slipway.platform.command.RegistryCommands;
import dev.slipway.platform.command.RegistryCommands.CopiesFacts;
import dev.slipway.registry.collect.CollectionReport;
import dev.slipway.registry.collect.VerificationReport;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Care for the registry as a whole. */
@Path("/api/v1/registry")
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

    /** Cleans up. */
    @POST
    @Path("collections")
    @Operation(operationId = "collectRegistry", summary = "Clean the registry up beside what runs (operators)")
    public CollectionReport collect(@QueryParam("dryRun") boolean dryRun) {
        return registry.collect(caller.principal(), dryRun);
    }

    /** Shows what is to be copied. */
    @GET
    @Path("copies")
    @Operation(
            operationId = "listImageCopies",
            summary =
                    "Copies of images in other registries that are still to be made, and how far the present one is (operators)")
    public CopiesFacts copies() {
        return registry.copies(caller.principal());
    }

    /** Verifies. */
    @POST
    @Path("verifications")
    @Operation(operationId = "verifyRegistry", summary = "Read and hash all that is in the registry (operators)")
    public VerificationReport verify(@QueryParam("repair") boolean repair) {
        return registry.verify(caller.principal(), repair);
    }
}
