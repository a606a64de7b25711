package dev.slipway.platform.api;

import dev.slipway.platform.command.LogCommands;
import dev.slipway.platform.command.LogLine;
import dev.slipway.platform.command.LogRequest;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What the instances of an app write. */
@Path("/api/v1/tenants/{tenant}/apps/{app}/logs")
@Produces(MediaType.APPLICATION_JSON)
@AnswersProblems
@Tag(name = "logs")
public class LogsResource {
    private final Caller caller;
    private final LogCommands logs;
    private final EventStream events;

    LogsResource(Caller caller, LogCommands logs, EventStream events) {
        this.caller = caller;
        this.logs = logs;
        this.events = events;
    }

    /** The newest lines. */
    @GET
    @Operation(operationId = "getLogs", summary = "The newest lines, oldest first")
    public List<LogLine> tail(
            @PathParam("tenant") String tenant,
            @PathParam("app") String app,
            @QueryParam("process") @Nullable String process,
            @QueryParam("tail") @Nullable String tail)
            throws InterruptedException {
        return logs.tail(caller.principal(), Field.app(tenant, app), request(process, tail));
    }

    /** The newest lines and those that come. */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Blocking
    @Operation(
            operationId = "getLogs",
            summary = "The newest lines and each new one, as events line; restarts do not end it")
    public Multi<OutboundSseEvent> follow(
            @PathParam("tenant") String tenant,
            @PathParam("app") String app,
            @QueryParam("process") @Nullable String process,
            @QueryParam("tail") @Nullable String tail,
            @Context Sse sse) {
        LogCommands.Following following =
                logs.follow(caller.principal(), Field.app(tenant, app), request(process, tail));
        return events.of(
                sse,
                teller -> following.to(line -> {
                    teller.tell("line", line);
                    return !Thread.currentThread().isInterrupted();
                }));
    }

    private static LogRequest request(@Nullable String process, @Nullable String tail) {
        return new LogRequest(Optional.ofNullable(process), tail == null ? 100 : Field.number("tail", tail));
    }
}
