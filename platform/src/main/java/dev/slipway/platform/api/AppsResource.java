package dev.slipway.platform.api;

import dev.slipway.platform.command.AppCommands;
import dev.slipway.platform.command.AppFacts;
import dev.slipway.tenancy.identity.AppName;
import dev.slipway.tenancy.identity.AppRef;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
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

/** The apps of a tenant. */
@Path("/api/v1/tenants/{tenant}/apps")
@Produces(MediaType.APPLICATION_JSON)
@AnswersProblems
@Tag(name = "apps")
public class AppsResource {
    private final Caller caller;
    private final JsonBody json;
    private final AppCommands apps;

    AppsResource(Caller caller, JsonBody json, AppCommands apps) {
        this.caller = caller;
        this.json = json;
        this.apps = apps;
    }

    /** Body that creates an app. */
    @Schema(name = "AppWanted")
    public record AppWanted(@Nullable String name) {}

    /** Lists. */
    @GET
    @Operation(operationId = "listApps", summary = "The apps of a tenant that you may see")
    public List<AppFacts> list(@PathParam("tenant") String tenant) {
        return apps.list(caller.principal(), Optional.of(Field.tenant(tenant)));
    }

    /** Creates. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(201)
    @Operation(operationId = "createApp", summary = "Create an app")
    public AppFacts create(
            @PathParam("tenant") String tenant,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = AppWanted.class),
                                            examples = @ExampleObject(name = "usual", value = "{\"name\":\"shop\"}")))
                    InputStream body) {
        caller.principal();
        AppName name = Field.parse("name", json.read(body, AppWanted.class).name(), AppName::parse);
        return apps.create(caller.principal(), new AppRef(Field.tenant(tenant), name));
    }
}
