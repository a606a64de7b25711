package dev.slipway.platform.api;

import dev.slipway.platform.command.WebhookCommands;
import dev.slipway.platform.command.WebhookCommands.DeliveryFacts;
import dev.slipway.platform.command.WebhookCommands.NewWebhook;
import dev.slipway.platform.command.WebhookCommands.WebhookFacts;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** A tenant's webhooks and what became of each delivery. */
@Path("/api/v1/tenants/{tenant}/webhooks")
@Produces(MediaType.APPLICATION_JSON)
@AnswersProblems
@Tag(name = "webhooks")
public class WebhooksResource {
    private final Caller caller;
    private final JsonBody json;
    private final WebhookCommands webhooks;

    WebhooksResource(Caller caller, JsonBody json, WebhookCommands webhooks) {
        this.caller = caller;
        this.json = json;
        this.webhooks = webhooks;
    }

    /** Body that adds a webhook; without kinds it is told of everything. */
    @Schema(name = "WebhookWanted")
    public record WebhookWanted(
            @Nullable String url, @Nullable List<String> kinds) {}

    /** Lists. */
    @GET
    @Operation(operationId = "listWebhooks", summary = "Who is told of what happens in a tenant")
    public List<WebhookFacts> list(@PathParam("tenant") String tenant) {
        return webhooks.list(caller.principal(), Field.tenant(tenant));
    }

    /** Adds. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(201)
    @Operation(
            operationId = "addWebhook",
            summary =
                    "Let an address be told of events by requests signed as Standard Webhooks has it; the secret is in"
                            + " this answer only")
    public NewWebhook add(
            @PathParam("tenant") String tenant,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = WebhookWanted.class),
                                            examples =
                                                    @ExampleObject(
                                                            name = "usual",
                                                            value =
                                                                    "{\"url\":\"https://hooks.example.com/slipway\",\"kinds\":[\"deployment.done\",\"quota.\"]}")))
                    InputStream body) {
        caller.principal();
        WebhookWanted wanted = json.read(body, WebhookWanted.class);
        return webhooks.add(
                caller.principal(),
                Field.tenant(tenant),
                JsonBody.required("url", wanted.url()),
                Set.copyOf(Optional.ofNullable(wanted.kinds()).orElse(List.of())));
    }

    /** Removes. */
    @DELETE
    @Path("{webhook}")
    @Operation(operationId = "removeWebhook", summary = "Remove a webhook with its deliveries")
    public void remove(@PathParam("tenant") String tenant, @PathParam("webhook") String webhook) {
        webhooks.remove(caller.principal(), Field.tenant(tenant), webhook);
    }

    /** Lists deliveries. */
    @GET
    @Path("{webhook}/deliveries")
    @Operation(operationId = "listDeliveries", summary = "The newest deliveries of a webhook, and how they went")
    public List<DeliveryFacts> deliveries(@PathParam("tenant") String tenant, @PathParam("webhook") String webhook) {
        return webhooks.deliveries(caller.principal(), Field.tenant(tenant), webhook);
    }

    /** Replays. */
    @POST
    @Path("deliveries/{delivery}/replay")
    @ResponseStatus(202)
    @Operation(operationId = "replayDelivery", summary = "Make a delivery again, whatever became of it")
    public void replay(@PathParam("tenant") String tenant, @PathParam("delivery") String delivery) {
        webhooks.replay(caller.principal(), Field.tenant(tenant), delivery);
    }
}
