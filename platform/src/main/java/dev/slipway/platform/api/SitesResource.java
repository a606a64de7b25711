package dev.slipway.platform.api;

import dev.slipway.platform.command.AvailabilityCommands;
import dev.slipway.platform.command.AvailabilityCommands.AvailabilityFacts;
import dev.slipway.platform.command.PlacementCommands;
import dev.slipway.platform.command.SiteCommands;
import dev.slipway.platform.command.SiteCommands.SiteFacts;
import dev.slipway.platform.command.SiteJoining;
import dev.slipway.platform.command.SiteRecovery;
import dev.slipway.platform.command.SiteRecovery.RecoveryFacts;
import dev.slipway.platform.reconcile.Explanations.Simulated;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Sites, and what would become of everything there. */
@Path("/api/v1/sites")
@Produces(MediaType.APPLICATION_JSON)
@AnswersProblems
@Tag(name = "sites")
public class SitesResource {
    private final Caller caller;
    private final JsonBody json;
    private final SiteCommands sites;
    private final SiteJoining joining;
    private final SiteRecovery recovery;
    private final PlacementCommands placement;
    private final AvailabilityCommands availability;

    SitesResource(
            Caller caller,
            JsonBody json,
            SiteCommands sites,
            SiteJoining joining,
            SiteRecovery recovery,
            PlacementCommands placement,
            AvailabilityCommands availability) {
        this.caller = caller;
        this.json = json;
        this.sites = sites;
        this.joining = joining;
        this.recovery = recovery;
        this.placement = placement;
        this.availability = availability;
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

    /** Availability. */
    @GET
    @Path("{site}/availability")
    @Operation(
            operationId = "getSiteAvailability",
            summary = "How much of the time a site answered, month by month, the newest first (operators)")
    public List<AvailabilityFacts> availability(@PathParam("site") String site) {
        return availability.site(caller.principal(), site);
    }

    /** Joins. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "joinSite",
            summary = "Take a Mesos cluster, or machines with Docker Engine, for a site; settings are stored sealed and"
                    + " never shown (operators)")
    public SiteFacts join(
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = SiteWanted.class),
                                            examples =
                                                    @ExampleObject(
                                                            name = "usual",
                                                            value =
                                                                    "{\"name\":\"dc-a\",\"mesos\":\"mesos-1.dc-a.invalid:5050\","
                                                                            + "\"settings\":{\"principal\":\"slipway\",\"secret\":\"a-secret\"}}")))
                    InputStream body) {
        caller.principal();
        return joining.join(
                caller.principal(), json.read(body, SiteWanted.class).wanted());
    }

    /** Changes how it is reached. */
    @PATCH
    @Path("{site}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "changeSite",
            summary = "Change where a site's masters or hosts are, and its settings; null takes one away (operators)")
    public SiteFacts change(
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
                                                            value =
                                                                    "{\"mesos\":\"mesos-2.dc-a.invalid:5050\",\"secret\":\"another\"}")))
                    InputStream body) {
        caller.principal();
        Map<String, String> changes = json.readChanges(body);
        Optional<String> address =
                Optional.ofNullable(changes.remove("mesos")).or(() -> Optional.ofNullable(changes.remove("docker")));
        return joining.change(caller.principal(), site, address, changes);
    }

    /** Lets it go. */
    @DELETE
    @Path("{site}")
    @Operation(
            operationId = "leaveSite",
            summary =
                    "Let a site go on which nothing runs any more, or, if it is lost, with what ran there (operators)")
    public void leave(@PathParam("site") String site, @QueryParam("lost") @DefaultValue("false") boolean lost) {
        joining.leave(caller.principal(), site, lost);
    }

    /** Recovers. */
    @POST
    @Path("{site}/recovery")
    @Operation(
            operationId = "recoverSite",
            summary = "Take over what a site's cluster runs and the database does not know (operators)")
    public RecoveryFacts recover(
            @PathParam("site") String site,
            @QueryParam("framework") @Nullable String framework,
            @QueryParam("end_rest") @DefaultValue("false") boolean endRest) {
        return recovery.recover(caller.principal(), site, Optional.ofNullable(framework), endRest);
    }

    /** Retires. */
    @POST
    @Path("{site}/retirement")
    @Operation(
            operationId = "retireSite",
            summary = "Give up everything that a site's cluster runs, and begin there anew (operators)")
    public SiteFacts retire(@PathParam("site") String site, @QueryParam("confirm") @DefaultValue("") String confirm) {
        return recovery.retire(caller.principal(), site, confirm);
    }

    /** Drains. */
    @POST
    @Path("{site}/drain")
    @Operation(
            operationId = "drainSite",
            summary = "Place nothing new at a site, and move what runs there to others (operators)")
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
