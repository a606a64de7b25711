package dev.slipway.platform.api;

import dev.slipway.platform.command.PlacementCommands;
import dev.slipway.platform.command.SiteCommands;
import dev.slipway.platform.command.SiteCommands.SiteFacts;
import dev.slipway.platform.reconcile.Explanations.Simulated;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Sites, and what would become of everything there. */
@Path("/api/v1/sites")
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
    @Operation(operationId = "listSites", summary = "All sites (operators)")
    public List<SiteFacts> list() {
        return sites.list(caller.principal());
    }

    /** Shows one. */
    @GET
    @Path("{site}")
    @Operation(operationId = "getSite", summary = "A site (operators)")
    public SiteFacts info(@PathParam("site") String site) {
        return sites.info(caller.principal(), site);
    }

    /** Drains. */
    @POST
    @Path("{site}/drain")
    @Operation(operationId = "drainSite", summary = "Place nothing new at a site; what runs there stays (operators)")
    public SiteFacts drain(@PathParam("site") String site) {
        return sites.drain(caller.principal(), site);
    }

    /** Ends draining. */
    @POST
    @Path("{site}/undrain")
    @Operation(operationId = "undrainSite", summary = "Take a drained site into use again (operators)")
    public SiteFacts undrain(@PathParam("site") String site) {
        return sites.undrain(caller.principal(), site);
    }

    /** Changes attributes. */
    @PATCH
    @Path("{site}/attributes")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "changeSiteAttributes",
            summary = "Set some attributes of a site, and take away those that are null (operators)")
    public SiteFacts attributes(
            @PathParam("site") String site,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = Map.class),
                                            examples =
                                                    @ExampleObject(
                                                            name = "usual",
                                                            value = "{\"region\":\"north\",\"old\":null}")))
                    InputStream body) {
        caller.principal();
        return sites.attributes(caller.principal(), site, json.readChanges(body));
    }

    /** Simulates. */
    @GET
    @Path("{site}/simulation")
    @Operation(
            operationId = "simulateWithoutSite",
            summary = "What would become of everything at a site were it gone (operators)")
    public Simulated simulate(@PathParam("site") String site) {
        return placement.simulate(caller.principal(), site);
    }
}
