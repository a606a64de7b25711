package dev.slipway.platform.api;

import dev.slipway.platform.command.DrillCommands;
import dev.slipway.platform.command.DrillCommands.DrillFacts;
import dev.slipway.platform.command.DrillCommands.DrillScheduleFacts;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
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
import org.jspecify.annotations.Nullable;

/** Rehearsed losses of sites. */
@Path("/api/v1/drills")
@Produces(MediaType.APPLICATION_JSON)
@AnswersProblems
@Tag(name = "sites")
public class DrillsResource {
    private final Caller caller;
    private final JsonBody json;
    private final DrillCommands drills;

    DrillsResource(Caller caller, JsonBody json, DrillCommands drills) {
        this.caller = caller;
        this.json = json;
        this.drills = drills;
    }

    /** Body that begins a drill. */
    @Schema(name = "DrillWanted")
    public record DrillWanted(@Nullable String site) {}

    /** Body that schedules drills of a site. */
    @Schema(name = "DrillScheduleWanted")
    public record DrillScheduleWanted(
            @Nullable Integer everyDays, @Nullable String at) {}

    /** When. */
    @GET
    @Path("schedules")
    @Operation(operationId = "listDrillSchedules", summary = "The drills that take place by themselves (operators)")
    public List<DrillScheduleFacts> schedules() {
        return drills.schedules(caller.principal());
    }

    /** Sets when. */
    @PUT
    @Path("schedules/{site}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "scheduleDrills",
            summary = "Have the loss of a site rehearsed every so many days, at a time of the day in UTC (operators)")
    public DrillScheduleFacts schedule(
            @PathParam("site") String site,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = DrillScheduleWanted.class),
                                            examples =
                                                    @ExampleObject(
                                                            name = "usual",
                                                            value = "{\"everyDays\":30,\"at\":\"03:30\"}")))
                    InputStream body) {
        caller.principal();
        DrillScheduleWanted wanted = json.read(body, DrillScheduleWanted.class);
        return drills.schedule(
                caller.principal(),
                site,
                JsonBody.required("everyDays", wanted.everyDays()),
                JsonBody.required("at", wanted.at()));
    }

    /** Takes it away. */
    @DELETE
    @Path("schedules/{site}")
    @Operation(operationId = "unscheduleDrills", summary = "Rehearse the loss of a site only when asked (operators)")
    public void unschedule(@PathParam("site") String site) {
        drills.unschedule(caller.principal(), site);
    }

    /** Lists. */
    @GET
    @Operation(operationId = "listDrills", summary = "Rehearsed losses of sites, the newest first (operators)")
    public List<DrillFacts> list() {
        return drills.list(caller.principal());
    }

    /** Shows one. */
    @GET
    @Path("{drill}")
    @Operation(operationId = "getDrill", summary = "The report of a drill, as far as it is (operators)")
    public DrillFacts info(@PathParam("drill") String drill) {
        return drills.info(caller.principal(), drill);
    }

    /** Begins. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "beginDrill", summary = "Rehearse the loss of a site (operators)")
    public DrillFacts begin(
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = DrillWanted.class),
                                            examples = @ExampleObject(name = "usual", value = "{\"site\":\"dc-a\"}")))
                    InputStream body) {
        caller.principal();
        DrillWanted wanted = json.read(body, DrillWanted.class);
        return drills.begin(caller.principal(), JsonBody.required("site", wanted.site()));
    }

    /** Ends the one that runs. */
    @DELETE
    @Path("running")
    @Operation(operationId = "abortDrill", summary = "End the drill that runs (operators)")
    public DrillFacts abort() {
        return drills.abort(caller.principal());
    }
}
