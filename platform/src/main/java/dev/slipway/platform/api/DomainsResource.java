package dev.slipway.platform.api;

import dev.slipway.platform.command.DomainCommands;
import dev.slipway.platform.command.DomainCommands.DomainFacts;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** The hosts an app answers to. */
@Path("/api/v1/tenants/{tenant}/apps/{app}/domains")
@Produces(MediaType.APPLICATION_JSON)
@AnswersProblems
@Tag(name = "domains")
public class DomainsResource {
    private final Caller caller;
    private final JsonBody json;
    private final DomainCommands domains;

    DomainsResource(Caller caller, JsonBody json, DomainCommands domains) {
        this.caller = caller;
        this.json = json;
        this.domains = domains;
    }

    /** Body that adds a domain. */
    @Schema(name = "DomainWanted")
    public record DomainWanted(@Nullable String domain) {}

    /** Lists. */
    @GET
    @Operation(operationId = "listDomains", summary = "The hosts an app answers to")
    public List<DomainFacts> list(@PathParam("tenant") String tenant, @PathParam("app") String app) {
        return domains.list(caller.principal(), Field.app(tenant, app));
    }

    /** Adds. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(201)
    @Operation(operationId = "addDomain", summary = "Let an app answer to a domain of its own")
    public DomainFacts add(
            @PathParam("tenant") String tenant,
            @PathParam("app") String app,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = DomainWanted.class),
                                            examples =
                                                    @ExampleObject(
                                                            name = "usual",
                                                            value = "{\"domain\":\"shop.example.com\"}")))
                    InputStream body) {
        caller.principal();
        String domain =
                JsonBody.required("domain", json.read(body, DomainWanted.class).domain());
        return domains.add(caller.principal(), Field.app(tenant, app), domain);
    }

    /** Removes. */
    @DELETE
    @Path("{domain}")
    @Operation(operationId = "removeDomain", summary = "Take a custom domain from an app")
    public void remove(
            @PathParam("tenant") String tenant, @PathParam("app") String app, @PathParam("domain") String domain) {
        domains.remove(caller.principal(), Field.app(tenant, app), domain);
    }
}
