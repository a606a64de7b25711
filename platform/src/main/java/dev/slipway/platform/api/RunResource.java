package dev.slipway.platform.api;

import dev.slipway.platform.command.RunCommands;
import dev.slipway.platform.loop.Timer;
import dev.slipway.platform.runtime.OneOff;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** One-off commands without a terminal. */
@Path("/api/v1/tenants/{tenant}/apps/{app}/run")
@Produces(MediaType.APPLICATION_JSON)
@AnswersProblems
@Tag(name = "run")
public class RunResource {
    private final Caller caller;
    private final JsonBody json;
    private final RunCommands commands;
    private final Timer timer;
    private final ExecutorService work;

    RunResource(Caller caller, JsonBody json, RunCommands commands, Timer timer, ExecutorService work) {
        this.caller = caller;
        this.json = json;
        this.commands = commands;
        this.timer = timer;
        this.work = work;
    }

    private static final int MOST_OUTPUT = 1 << 20;
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** Body that runs a command. */
    @Schema(name = "CommandWanted")
    public record CommandWanted(@Nullable List<String> command) {}

    /**
     * How a command ended.
     *
     * @param exitCode of the command, 128 + signal if a signal ended it
     * @param output what it printed, errors after the rest, at most a mebibyte of each
     * @param timedOut whether it was ended because it took too long
     */
    @Schema(name = "CommandResult")
    public record CommandResult(int exitCode, String output, boolean timedOut) {}

    /** Runs. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "run",
            summary = "Run a command in a fresh instance of the live release and wait for its end, ten minutes at most")
    public CommandResult run(
            @PathParam("tenant") String tenant,
            @PathParam("app") String app,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = CommandWanted.class),
                                            examples =
                                                    @ExampleObject(
                                                            name = "usual",
                                                            value = "{\"command\":[\"node\",\"--version\"]}")))
                    InputStream body)
            throws InterruptedException {
        caller.principal();
        List<String> command = JsonBody.required(
                "command", json.read(body, CommandWanted.class).command());
        AtomicBoolean late = new AtomicBoolean();
        try (OneOff running = commands.start(caller.principal(), Field.app(tenant, app), command, Optional.empty())) {
            Timer.Scheduled limit = timer.after(LONGEST, () -> {
                late.set(true);
                running.kill();
            });
            try {
                running.stdin().close();
                Future<String> errors = work.submit(() -> read(running.stderr()));
                String output = read(running.stdout()) + errors.get();
                return new CommandResult(running.waitForExit(), output, late.get());
            } finally {
                limit.cancel();
            }
        } catch (IOException | ExecutionException e) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "The command's output was lost.");
        }
    }

    /** Reads to the end and keeps the beginning. */
    private static String read(InputStream stream) throws IOException {
        byte[] kept = stream.readNBytes(MOST_OUTPUT);
        stream.skip(Long.MAX_VALUE);
        return new String(kept, StandardCharsets.UTF_8);
    }
}
