package dev.slipway.platform.api;

import dev.slipway.platform.command.RegistryCommands;
import dev.slipway.platform.command.RegistryCommands.StorageFacts;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a tenant takes in the registry. */
@Path("/api/v1/tenants/{tenant}/registry")
@Produces(MediaType.APPLICATION_JSON)
@AnswersProblems
@Tag(name = "registry")
public class TenantRegistryResource {
    private final Caller caller;
    private final RegistryCommands registry;

    TenantRegistryResource(Caller caller, RegistryCommands registry) {
        this.caller = caller;
        this.registry = registry;
    }

    /** Shows. */
    @GET
    @Operation(operationId = "getRegistryUsage", summary = "What the apps of a tenant take in the registry")
    public List<StorageFacts> usage(@PathParam("tenant") String tenant) {
        return registry.usage(caller.principal(), Field.tenant(tenant));
    }
}
