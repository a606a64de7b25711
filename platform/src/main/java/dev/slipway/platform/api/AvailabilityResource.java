package dev.slipway.platform.api;

import dev.slipway.platform.command.AvailabilityCommands;
import dev.slipway.platform.command.AvailabilityCommands.AvailabilityFacts;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How much of the time an app served. */
@Path("/api/v1/tenants/{tenant}/apps/{app}/availability")
@Produces(MediaType.APPLICATION_JSON)
@AnswersProblems
@Tag(name = "apps")
public class AvailabilityResource {
    private final Caller caller;
    private final AvailabilityCommands availability;

    AvailabilityResource(Caller caller, AvailabilityCommands availability) {
        this.caller = caller;
        this.availability = availability;
    }

    /** Of an app. */
    @GET
    @Operation(
            operationId = "getAppAvailability",
            summary = "How much of the time an app served, month by month, the newest first, against the target")
    public List<AvailabilityFacts> app(@PathParam("tenant") String tenant, @PathParam("app") String app) {
        return availability.app(caller.principal(), Field.app(tenant, app));
    }
}
