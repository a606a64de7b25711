package dev.slipway.platform.api;

import dev.slipway.platform.command.ConfigChanged;
import dev.slipway.platform.command.ConfigCommands;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Config variables. */
@Path("/api/v1/tenants/{tenant}/apps/{app}/config")
@Produces(MediaType.APPLICATION_JSON)
@AnswersProblems
@Tag(name = "config")
public class ConfigResource {
    private final Caller caller;
    private final JsonBody json;
    private final ConfigCommands config;
    private final Conditions conditions;

    ConfigResource(Caller caller, JsonBody json, ConfigCommands config, Conditions conditions) {
        this.caller = caller;
        this.json = json;
        this.config = config;
        this.conditions = conditions;
    }

    /** Shows. */
    @GET
    @Operation(operationId = "getConfig", summary = "All config variables with their values")
    public SortedMap<String, String> show(@PathParam("tenant") String tenant, @PathParam("app") String app) {
        return config.show(caller.principal(), Field.app(tenant, app));
    }

    /** Changes. */
    @PATCH
    @Conditional
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(202)
    @Operation(
            operationId = "changeConfig",
            summary = "Set some variables and unset those that are null; the live image is deployed with them")
    public ConfigChanged change(
            @PathParam("tenant") String tenant,
            @PathParam("app") String app,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = Map.class),
                                            examples =
                                                    @ExampleObject(
                                                            name = "usual",
                                                            value = "{\"GREETING\":\"hello\",\"OLD\":null}")))
                    InputStream body) {
        caller.principal();
        Map<String, Optional<String>> wanted = new LinkedHashMap<>();
        json.readMap(body, String.class).forEach((name, value) -> wanted.put(name, Optional.ofNullable(value)));
        return config.change(caller.principal(), Field.app(tenant, app), wanted, conditions.given());
    }
}
