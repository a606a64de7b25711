package dev.slipway.platform.api;

import dev.slipway.platform.command.PlatformCommands;
import dev.slipway.platform.command.PlatformCommands.HealthFacts;
import dev.slipway.platform.command.PlatformCommands.OpenBuild;
import dev.slipway.platform.command.PlatformCommands.TenantGlance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What operators look at. */
@Path("/api/v1/platform")
@Produces(MediaType.APPLICATION_JSON)
@AnswersProblems
@Tag(name = "platform")
public class PlatformResource {
    private final Caller caller;
    private final PlatformCommands platform;

    PlatformResource(Caller caller, PlatformCommands platform) {
        this.caller = caller;
        this.platform = platform;
    }

    /** Lists tenants. */
    @GET
    @Path("tenants")
    @Operation(
            operationId = "listTenantGlances",
            summary = "All tenants with plan, apps, members and shares (operators)")
    public List<TenantGlance> tenants() {
        return platform.tenants(caller.principal());
    }

    /** Lists builds. */
    @GET
    @Path("builds")
    @Operation(
            operationId = "listOpenBuilds",
            summary = "Builds of all apps that have not ended, oldest first (operators)")
    public List<OpenBuild> builds() {
        return platform.builds(caller.principal());
    }

    /** Tells of health. */
    @GET
    @Path("health")
    @Operation(operationId = "getPlatformHealth", summary = "What the platform needs, and how that is (operators)")
    public List<HealthFacts> health() {
        return platform.health(caller.principal());
    }
}
