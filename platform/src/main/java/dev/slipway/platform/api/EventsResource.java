package dev.slipway.platform.api;

import dev.slipway.platform.command.EventCommands;
import dev.slipway.platform.command.Page;
import dev.slipway.platform.event.TenantEvent;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What happens in a tenant. */
@Path("/api/v1/tenants/{tenant}/events")
@Produces(MediaType.APPLICATION_JSON)
@AnswersProblems
@Tag(name = "events")
public class EventsResource {
    private final Caller caller;
    private final EventCommands events;
    private final EventStream stream;

    EventsResource(Caller caller, EventCommands events, EventStream stream) {
        this.caller = caller;
        this.events = events;
        this.stream = stream;
    }

    /** Lists. */
    @GET
    @Operation(
            operationId = "listEvents",
            summary =
                    "What happened in a tenant in the last thirty days, the oldest first; as server-sent events also what"
                            + " comes, from Last-Event-ID on")
    public Page<TenantEvent> list(
            @PathParam("tenant") String tenant,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit) {
        return events.list(caller.principal(), Field.tenant(tenant), Optional.ofNullable(cursor), Field.limit(limit));
    }

    /** Follows. */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Blocking
    @Operation(
            operationId = "listEvents",
            summary =
                    "What happened in a tenant in the last thirty days, the oldest first; as server-sent events also what"
                            + " comes, from Last-Event-ID on")
    public Multi<OutboundSseEvent> follow(
            @PathParam("tenant") String tenant,
            @HeaderParam("Last-Event-ID") @Nullable String last,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit,
            @Context Sse sse) {
        EventCommands.Following following = events.follow(
                caller.principal(),
                Field.tenant(tenant),
                Optional.ofNullable(last).or(() -> Optional.ofNullable(cursor)));
        return stream.of(
                sse,
                teller -> following.to(event -> {
                    teller.tell(Optional.of(event.id()), event.kind(), event);
                    return !Thread.currentThread().isInterrupted();
                }));
    }
}
