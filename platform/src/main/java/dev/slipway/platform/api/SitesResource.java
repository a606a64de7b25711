package dev.slipway.platform.api;

import dev.slipway.platform.command.PlacementCommands;
import dev.slipway.platform.command.SiteCommands;
import dev.slipway.platform.command.SiteCommands.NodeFacts;
import dev.slipway.platform.command.SiteCommands.SiteFacts;
import dev.slipway.platform.reconcile.Explanations.Explained;
import dev.slipway.platform.reconcile.Explanations.Simulated;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Sites, their nodes, and where the instances of apps should be. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@AnswersProblems
@Tag(name = "sites")
public class SitesResource {
    private final Caller caller;
    private final JsonBody json;
    private final SiteCommands sites;
    private final PlacementCommands placement;

    SitesResource(Caller caller, JsonBody json, SiteCommands sites, PlacementCommands placement) {
        this.caller = caller;
        this.json = json;
        this.sites = sites;
        this.placement = placement;
    }

    /** Lists. */
    @GET
    @Path("sites")
    @Operation(operationId = "listSites", summary = "All sites (operators)")
    @APIResponse(
            responseCode = "default",
            description = "A problem",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public List<SiteFacts> list() {
        return sites.list(caller.principal());
    }

    /** Shows one. */
    @GET
    @Path("sites/{site}")
    @Operation(operationId = "getSite", summary = "A site (operators)")
    @APIResponse(
            responseCode = "default",
            description = "A problem",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public SiteFacts info(@PathParam("site") String site) {
        return sites.info(caller.principal(), site);
    }

    /** Lists nodes. */
    @GET
    @Path("nodes")
    @Operation(operationId = "listNodes", summary = "The nodes of all sites, or of one (operators)")
    @APIResponse(
            responseCode = "default",
            description = "A problem",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public List<NodeFacts> nodes(@QueryParam("site") @Nullable String site) {
        return sites.nodes(caller.principal(), Optional.ofNullable(site));
    }

    /** Drains. */
    @POST
    @Path("sites/{site}/drain")
    @Operation(operationId = "drainSite", summary = "Place nothing new at a site; what runs there stays (operators)")
    @APIResponse(
            responseCode = "default",
            description = "A problem",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public SiteFacts drain(@PathParam("site") String site) {
        return sites.drain(caller.principal(), site);
    }

    /** Ends draining. */
    @POST
    @Path("sites/{site}/undrain")
    @Operation(operationId = "undrainSite", summary = "Take a drained site into use again (operators)")
    @APIResponse(
            responseCode = "default",
            description = "A problem",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public SiteFacts undrain(@PathParam("site") String site) {
        return sites.undrain(caller.principal(), site);
    }

    /** Changes attributes. */
    @PATCH
    @Path("sites/{site}/attributes")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "changeSiteAttributes", summary = "Set some attributes of a site, and take away those that are null (operators)")
    @APIResponse(
            responseCode = "default",
            description = "A problem",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public SiteFacts attributes(
            @PathParam("site") String site,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = Map.class),
                                            examples = @ExampleObject(name = "usual", value = "{\"region\":\"north\",\"old\":null}")))
                    InputStream body) {
        caller.principal();
        return sites.attributes(caller.principal(), site, changes(body));
    }

    /** Shows where an app should be. */
    @GET
    @Path("tenants/{tenant}/apps/{app}/placement")
    @Operation(operationId = "getPlacement", summary = "Where the instances of an app should be, option by option")
    @APIResponse(
            responseCode = "default",
            description = "A problem",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public SortedMap<String, String> options(@PathParam("tenant") String tenant, @PathParam("app") String app) {
        return placement.options(caller.principal(), Field.app(tenant, app));
    }

    /** Changes where an app should be. */
    @PATCH
    @Path("tenants/{tenant}/apps/{app}/placement")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "changePlacement", summary = "Set some options, and take away those that are null; they hold for what is placed from now on")
    @APIResponse(
            responseCode = "default",
            description = "A problem",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public SortedMap<String, String> set(
            @PathParam("tenant") String tenant,
            @PathParam("app") String app,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = Map.class),
                                            examples = @ExampleObject(name = "usual", value = "{\"spread\":\"site,rack\",\"per-node\":\"2\"}")))
                    InputStream body) {
        caller.principal();
        return placement.set(caller.principal(), Field.app(tenant, app), changes(body));
    }

    /** Explains. */
    @GET
    @Path("tenants/{tenant}/apps/{app}/placement/explanation")
    @Operation(operationId = "explainPlacement", summary = "Why each instance is where it is, or waits")
    @APIResponse(
            responseCode = "default",
            description = "A problem",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public List<Explained> explain(@PathParam("tenant") String tenant, @PathParam("app") String app) {
        return placement.explain(caller.principal(), Field.app(tenant, app));
    }

    /** Simulates. */
    @GET
    @Path("sites/{site}/simulation")
    @Operation(operationId = "simulateWithoutSite", summary = "What would become of everything at a site were it gone (operators)")
    @APIResponse(
            responseCode = "default",
            description = "A problem",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Simulated simulate(@PathParam("site") String site) {
        return placement.simulate(caller.principal(), site);
    }

    private Map<String, String> changes(InputStream body) {
        Map<String, String> changes = new LinkedHashMap<>();
        json.readMap(body, String.class)
                .forEach((name, value) -> changes.put(name, Objects.requireNonNullElse(value, "")));
        return changes;
    }
}
