package dev.slipway.platform.api;

import dev.slipway.platform.app.ProcessLimits;
import dev.slipway.platform.command.AppCommands;
import dev.slipway.platform.command.AppFacts;
import dev.slipway.platform.command.LimitChange;
import dev.slipway.platform.command.ProcessCommands;
import dev.slipway.platform.command.ProcessFacts;
import dev.slipway.platform.command.ReleaseCommands;
import dev.slipway.platform.command.Rolling;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
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
import java.util.Optional;
import java.util.SortedMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** One app: itself, what runs of it, and going back. */
@Path("/api/v1/tenants/{tenant}/apps/{app}")
@Produces(MediaType.APPLICATION_JSON)
@AnswersProblems
@Tag(name = "apps")
public class AppResource {
    private final Caller caller;
    private final JsonBody json;
    private final AppCommands apps;
    private final ProcessCommands processes;
    private final ReleaseCommands releases;
    private final Conditions conditions;

    AppResource(
            Caller caller,
            JsonBody json,
            AppCommands apps,
            ProcessCommands processes,
            ReleaseCommands releases,
            Conditions conditions) {
        this.caller = caller;
        this.json = json;
        this.apps = apps;
        this.processes = processes;
        this.releases = releases;
        this.conditions = conditions;
    }

    /** Body that goes back; without a release to the one that was live before. */
    @Schema(name = "RollbackWanted")
    public record RollbackWanted(@Nullable String release) {}

    /** What an instance may use; what is absent stays. */
    @Schema(name = "LimitsWanted")
    public record LimitsWanted(
            @Nullable Long cpuMillis, @Nullable Long memoryBytes) {}

    /** Shows. */
    @GET
    @Operation(operationId = "getApp", summary = "An app")
    public AppFacts info(@PathParam("tenant") String tenant, @PathParam("app") String app) {
        return apps.info(caller.principal(), Field.app(tenant, app));
    }

    /** Destroys. */
    @DELETE
    @Conditional
    @Operation(operationId = "destroyApp", summary = "Destroy an app with everything it has")
    public void destroy(
            @PathParam("tenant") String tenant,
            @PathParam("app") String app,
            @QueryParam("confirm") @Nullable String confirm) {
        apps.destroy(
                caller.principal(),
                Field.app(tenant, app),
                Optional.ofNullable(confirm).orElse(""),
                conditions.given());
    }

    /** Lists processes. */
    @GET
    @Path("processes")
    @Operation(operationId = "listProcesses", summary = "What runs of an app")
    public List<ProcessFacts> processes(@PathParam("tenant") String tenant, @PathParam("app") String app) {
        return processes.list(caller.principal(), Field.app(tenant, app));
    }

    /** Shows the formation. */
    @GET
    @Path("formation")
    @Operation(operationId = "getFormation", summary = "How many instances of each process type are wanted")
    public SortedMap<String, Integer> formation(@PathParam("tenant") String tenant, @PathParam("app") String app) {
        return processes.formation(caller.principal(), Field.app(tenant, app));
    }

    /** Shows the limits. */
    @GET
    @Path("limits")
    @Operation(operationId = "getLimits", summary = "What an instance of each process type may use")
    public SortedMap<String, ProcessLimits> limits(@PathParam("tenant") String tenant, @PathParam("app") String app) {
        return processes.limits(caller.principal(), Field.app(tenant, app));
    }

    /** Scales. */
    @PATCH
    @Conditional
    @Path("formation")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "scale", summary = "Change how many instances of process types run")
    public List<ProcessFacts> scale(
            @PathParam("tenant") String tenant,
            @PathParam("app") String app,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = Map.class),
                                            examples =
                                                    @ExampleObject(name = "usual", value = "{\"web\":3,\"worker\":1}")))
                    InputStream body) {
        caller.principal();
        Map<String, Integer> counts = new LinkedHashMap<>();
        json.readMap(body, Integer.class)
                .forEach((process, count) -> counts.put(process, JsonBody.required(process, count)));
        return processes.scale(caller.principal(), Field.app(tenant, app), counts, conditions.given());
    }

    /** Limits. */
    @PATCH
    @Conditional
    @Path("limits")
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(202)
    @Operation(
            operationId = "limit",
            summary = "Change what instances of process types may use; running ones are replaced")
    public Optional<Rolling> limit(
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
                                                            value =
                                                                    "{\"web\":{\"cpuMillis\":500,\"memoryBytes\":536870912}}")))
                    InputStream body) {
        caller.principal();
        Map<String, LimitChange> changes = new LinkedHashMap<>();
        json.readMap(body, LimitsWanted.class).forEach((process, wanted) -> {
            LimitsWanted some = JsonBody.required(process, wanted);
            changes.put(
                    process,
                    new LimitChange(Optional.ofNullable(some.cpuMillis()), Optional.ofNullable(some.memoryBytes())));
        });
        return processes.limit(caller.principal(), Field.app(tenant, app), changes, conditions.given());
    }

    /** Restarts. */
    @POST
    @Path("restart")
    @ResponseStatus(202)
    @Operation(operationId = "restart", summary = "Replace all instances without a gap")
    public Rolling restart(@PathParam("tenant") String tenant, @PathParam("app") String app) {
        return processes.restart(caller.principal(), Field.app(tenant, app));
    }

    /** Stops. */
    @POST
    @Path("stop")
    @Operation(operationId = "stop", summary = "Stop an app and keep its formation")
    public void stop(@PathParam("tenant") String tenant, @PathParam("app") String app) {
        processes.stop(caller.principal(), Field.app(tenant, app));
    }

    /** Starts. */
    @POST
    @Path("start")
    @Operation(operationId = "start", summary = "Let a stopped app run again")
    public void start(@PathParam("tenant") String tenant, @PathParam("app") String app) {
        processes.start(caller.principal(), Field.app(tenant, app));
    }

    /** Goes back. */
    @POST
    @Path("rollback")
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(202)
    @Operation(operationId = "rollback", summary = "Make an earlier release live again, as a new one")
    public Rolling rollback(
            @PathParam("tenant") String tenant,
            @PathParam("app") String app,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = RollbackWanted.class),
                                            examples = @ExampleObject(name = "usual", value = "{\"release\":\"v11\"}")))
                    InputStream body) {
        caller.principal();
        Optional<Integer> number = Optional.ofNullable(
                        json.read(body, RollbackWanted.class).release())
                .map(text -> Field.release("release", text));
        return releases.rollback(caller.principal(), Field.app(tenant, app), number);
    }
}
