package dev.slipway.platform.api;

import dev.slipway.platform.command.QuotaCommands;
import dev.slipway.platform.command.QuotaCommands.PlanFacts;
import dev.slipway.tenancy.quota.QuotaResource;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Plans: limits by name that operators define. */
@Path("/api/v1/plans")
@Produces(MediaType.APPLICATION_JSON)
@AnswersProblems
@Tag(name = "plans")
public class PlansResource {
    private final Caller caller;
    private final JsonBody json;
    private final QuotaCommands quotas;
    private final Conditions conditions;

    PlansResource(Caller caller, JsonBody json, QuotaCommands quotas, Conditions conditions) {
        this.caller = caller;
        this.json = json;
        this.quotas = quotas;
        this.conditions = conditions;
    }

    /** Body that defines a plan. */
    @Schema(name = "PlanWanted")
    public record PlanWanted(@Nullable Map<String, Long> limits) {}

    /** Lists. */
    @GET
    @Operation(operationId = "listPlans", summary = "The plans with their limits (operators)")
    public List<PlanFacts> list() {
        return quotas.plans(caller.principal());
    }

    /** Shows. */
    @GET
    @Path("{plan}")
    @Operation(operationId = "getPlan", summary = "A plan (operators)")
    public PlanFacts info(@PathParam("plan") String plan) {
        return quotas.plan(caller.principal(), plan);
    }

    /** Defines. */
    @PUT
    @Conditional(required = true)
    @Path("{plan}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "definePlan",
            summary = "Define a plan, or change it for all tenants that have it (operators)")
    public void define(
            @PathParam("plan") String plan,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = PlanWanted.class),
                                            examples =
                                                    @ExampleObject(
                                                            name = "usual",
                                                            value =
                                                                    "{\"limits\":{\"memory_bytes\":4294967296,\"instances\":20}}")))
                    InputStream body) {
        caller.principal();
        Map<QuotaResource, Long> limits = new EnumMap<>(QuotaResource.class);
        JsonBody.required("limits", json.read(body, PlanWanted.class).limits())
                .forEach((name, limit) -> limits.put(
                        Field.parse("limits", name, QuotaResource::parse), JsonBody.required("limits." + name, limit)));
        quotas.definePlan(caller.principal(), plan, limits, conditions.required());
    }

    /** Removes. */
    @DELETE
    @Conditional
    @Path("{plan}")
    @Operation(operationId = "removePlan", summary = "Remove a plan that no tenant has (operators)")
    public void remove(@PathParam("plan") String plan) {
        quotas.removePlan(caller.principal(), plan, conditions.given());
    }
}
