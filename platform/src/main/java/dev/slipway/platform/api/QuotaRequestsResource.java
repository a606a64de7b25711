package dev.slipway.platform.api;

import dev.slipway.platform.command.QuotaCommands;
import dev.slipway.platform.command.QuotaCommands.QuotaRequestFacts;
import dev.slipway.tenancy.identity.InvalidNameException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What tenants ask operators to raise. */
@Path("/api/v1/quota-requests")
@Produces(MediaType.APPLICATION_JSON)
@AnswersProblems
@Tag(name = "quotas")
public class QuotaRequestsResource {
    private final Caller caller;
    private final JsonBody json;
    private final QuotaCommands quotas;

    QuotaRequestsResource(Caller caller, JsonBody json, QuotaCommands quotas) {
        this.caller = caller;
        this.json = json;
        this.quotas = quotas;
    }

    /** Body that decides a request. */
    @Schema(name = "QuotaDecision")
    public record QuotaDecision(@Nullable Boolean grant) {}

    /** Lists. */
    @GET
    @Operation(
            operationId = "listOpenQuotaRequests",
            summary = "Requests that wait for a decision, oldest first (operators)")
    public List<QuotaRequestFacts> open() {
        return quotas.openRequests(caller.principal());
    }

    /** Decides. */
    @PUT
    @Path("{request}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "decideQuotaRequest",
            summary = "Grant a request, which sets the limit, or decline it (operators)")
    public QuotaRequestFacts decide(
            @PathParam("request") String request,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = QuotaDecision.class),
                                            examples = @ExampleObject(name = "usual", value = "{\"grant\":true}")))
                    InputStream body) {
        caller.principal();
        boolean grant =
                JsonBody.required("grant", json.read(body, QuotaDecision.class).grant());
        return quotas.decide(caller.principal(), Field.parse("request", request, QuotaRequestsResource::id), grant);
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidNameException("request", text, "A request is named by its id, as the list has it.");
        }
    }
}
