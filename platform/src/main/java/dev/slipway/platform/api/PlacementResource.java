package dev.slipway.platform.api;

import dev.slipway.platform.command.PlacementCommands;
import dev.slipway.platform.reconcile.Explanations.Explained;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where the instances of an app should be, and why they are where they are. */
@Path("/api/v1/tenants/{tenant}/apps/{app}/placement")
@Produces(MediaType.APPLICATION_JSON)
@AnswersProblems
@Tag(name = "sites")
public class PlacementResource {
    private final Caller caller;
    private final JsonBody json;
    private final PlacementCommands placement;

    PlacementResource(Caller caller, JsonBody json, PlacementCommands placement) {
        this.caller = caller;
        this.json = json;
        this.placement = placement;
    }

    /** Shows where an app should be. */
    @GET
    @Operation(operationId = "getPlacement", summary = "Where the instances of an app should be, option by option")
    public SortedMap<String, String> options(@PathParam("tenant") String tenant, @PathParam("app") String app) {
        return placement.options(caller.principal(), Field.app(tenant, app));
    }

    /** Changes where an app should be. */
    @PATCH
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "changePlacement",
            summary = "Set some options, and take away those that are null; they hold for what is placed from now on")
    public SortedMap<String, String> set(
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
                                                            value = "{\"spread\":\"site,rack\",\"per-node\":\"2\"}")))
                    InputStream body) {
        caller.principal();
        return placement.set(caller.principal(), Field.app(tenant, app), json.readChanges(body));
    }

    /** Explains. */
    @GET
    @Path("explanation")
    @Operation(operationId = "explainPlacement", summary = "Why each instance is where it is, or waits")
    public List<Explained> explain(@PathParam("tenant") String tenant, @PathParam("app") String app) {
        return placement.explain(caller.principal(), Field.app(tenant, app));
    }
}
