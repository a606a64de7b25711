package dev.slipway.platform.api;

import dev.slipway.platform.command.DrillCommands;
import dev.slipway.platform.command.DrillCommands.DrillFacts;
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
