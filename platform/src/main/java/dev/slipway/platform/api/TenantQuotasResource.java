package dev.slipway.platform.api;

import dev.slipway.platform.command.QuotaCommands;
import dev.slipway.platform.command.QuotaCommands.QuotaRequestFacts;
import dev.slipway.tenancy.quota.QuotaResource;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** A tenant's plan, its requests for more, and the shares of its apps. */
@Path("/api/v1/tenants/{tenant}/quota")
@Produces(MediaType.APPLICATION_JSON)
@AnswersProblems
@Tag(name = "quotas")
public class TenantQuotasResource {
    private final Caller caller;
    private final JsonBody json;
    private final QuotaCommands quotas;

    TenantQuotasResource(Caller caller, JsonBody json, QuotaCommands quotas) {
        this.caller = caller;
        this.json = json;
        this.quotas = quotas;
    }

    /** Body that gives a tenant a plan; without one the defaults hold. */
    @Schema(name = "PlanGiven")
    public record PlanGiven(@Nullable String plan) {}

    /** Body that asks for more. */
    @Schema(name = "MoreWanted")
    public record MoreWanted(
            @Nullable String resource,
            @Nullable Long limit,
            @Nullable String reason) {}

    /** Body that limits an app; without a limit it may take all the tenant has. */
    @Schema(name = "ShareWanted")
    public record ShareWanted(@Nullable Long limit) {}

    /** Gives a plan. */
    @PUT
    @Path("plan")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "givePlan", summary = "Give a tenant a plan (operators)")
    public void givePlan(
            @PathParam("tenant") String tenant,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = PlanGiven.class),
                                            examples = @ExampleObject(name = "usual", value = "{\"plan\":\"team\"}")))
                    InputStream body) {
        caller.principal();
        quotas.givePlan(
                caller.principal(),
                Field.tenant(tenant),
                Optional.ofNullable(json.read(body, PlanGiven.class).plan()));
    }

    /** Lists requests. */
    @GET
    @Path("requests")
    @Operation(operationId = "listQuotaRequests", summary = "A tenant's requests for more, newest first")
    public List<QuotaRequestFacts> requests(@PathParam("tenant") String tenant) {
        return quotas.requests(caller.principal(), Field.tenant(tenant));
    }

    /** Asks for more. */
    @POST
    @Path("requests")
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(201)
    @Operation(
            operationId = "requestQuota",
            summary = "Ask operators to raise a limit; asking again changes the open request")
    public QuotaRequestFacts ask(
            @PathParam("tenant") String tenant,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = MoreWanted.class),
                                            examples =
                                                    @ExampleObject(
                                                            name = "usual",
                                                            value =
                                                                    "{\"resource\":\"instances\",\"limit\":200,\"reason\":\"the winter sale\"}")))
                    InputStream body) {
        caller.principal();
        MoreWanted wanted = json.read(body, MoreWanted.class);
        return quotas.ask(
                caller.principal(),
                Field.tenant(tenant),
                Field.parse("resource", wanted.resource(), QuotaResource::parse),
                JsonBody.required("limit", wanted.limit()),
                JsonBody.required("reason", wanted.reason()));
    }

    /** Limits an app. */
    @PUT
    @Path("apps/{app}/{resource}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "setShare", summary = "Limit what one app may take of its tenant's (owners)")
    public void setShare(
            @PathParam("tenant") String tenant,
            @PathParam("app") String app,
            @PathParam("resource") String resource,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = ShareWanted.class),
                                            examples = @ExampleObject(name = "usual", value = "{\"limit\":4}")))
                    InputStream body) {
        caller.principal();
        quotas.setShare(
                caller.principal(),
                Field.app(tenant, app),
                Field.parse("resource", resource, QuotaResource::parse),
                Optional.ofNullable(json.read(body, ShareWanted.class).limit()));
    }
}
