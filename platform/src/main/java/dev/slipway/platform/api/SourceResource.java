package dev.slipway.platform.api;

import dev.slipway.platform.command.SourceCommands;
import dev.slipway.platform.command.SourceCommands.NewSource;
import dev.slipway.platform.command.SourceCommands.SourceFacts;
import dev.slipway.platform.command.SourceCommands.Wanted;
import dev.slipway.platform.source.CodeHost;
import dev.slipway.platform.source.SourceAddress;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The repository elsewhere that an app is built from. */
@Path("/api/v1/tenants/{tenant}/apps/{app}/source")
@Produces(MediaType.APPLICATION_JSON)
@AnswersProblems
@Tag(name = "source")
public class SourceResource {
    private final Caller caller;
    private final JsonBody json;
    private final SourceCommands sources;

    SourceResource(Caller caller, JsonBody json, SourceCommands sources) {
        this.caller = caller;
        this.json = json;
        this.sources = sources;
    }

    /** Body that sets a source; the branch is main if none is said. */
    @Schema(name = "SourceWanted")
    public record SourceWanted(
            @Nullable String host,
            @Nullable String url,
            @Nullable String branch,
            @Nullable String user,
            @Nullable String password) {
        @Override
        public String toString() {
            return "SourceWanted[" + url + "]";
        }
    }

    /** Shows. */
    @GET
    @Operation(operationId = "getSource", summary = "Where an app is built from, and the pushes its code host told of")
    public SourceFacts show(@PathParam("tenant") String tenant, @PathParam("app") String app) {
        return sources.show(caller.principal(), Field.app(tenant, app));
    }

    /** Sets. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "setSource",
            summary =
                    "Build an app from a repository whose code host tells of pushes, with a secret that is told this once")
    public NewSource set(
            @PathParam("tenant") String tenant,
            @PathParam("app") String app,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = SourceWanted.class),
                                            examples =
                                                    @ExampleObject(
                                                            name = "usual",
                                                            value =
                                                                    "{\"host\":\"github\",\"url\":\"https://git.example.com/acme/shop.git\",\"branch\":\"main\"}")))
                    InputStream body) {
        caller.principal();
        SourceWanted wanted = json.read(body, SourceWanted.class);
        return sources.set(
                caller.principal(),
                Field.app(tenant, app),
                new Wanted(
                        Field.parse("host", wanted.host(), CodeHost::parse),
                        Field.parse("url", wanted.url(), SourceAddress::parse),
                        Field.parse(
                                "branch", Objects.requireNonNullElse(wanted.branch(), "main"), SourceAddress::branch),
                        Optional.ofNullable(wanted.user()),
                        Optional.ofNullable(wanted.password())));
    }

    /** Removes. */
    @DELETE
    @Operation(operationId = "removeSource", summary = "Build an app from what is pushed here alone")
    public void remove(@PathParam("tenant") String tenant, @PathParam("app") String app) {
        sources.remove(caller.principal(), Field.app(tenant, app));
    }
}
