package dev.slipway.platform.api;

import dev.slipway.platform.command.RouteCommands;
import dev.slipway.platform.route.RouteTable;
import dev.slipway.platform.route.RouteTableText;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The routes of all apps. */
@Path("/api/v1/routes")
@Produces(MediaType.APPLICATION_JSON)
@AnswersProblems
@Tag(name = "sites")
public class RoutesResource {
    private static final String SUMMARY = "Which hosts lead to which instances; as server-sent events whenever that"
            + " changes, for proxies elsewhere (operators)";

    private final Caller caller;
    private final RouteCommands routes;
    private final EventStream stream;

    RoutesResource(Caller caller, RouteCommands routes, EventStream stream) {
        this.caller = caller;
        this.routes = routes;
        this.stream = stream;
    }

    /** Shows. */
    @GET
    @Operation(operationId = "getRoutes", summary = SUMMARY)
    public RouteTable current() {
        return routes.current(caller.principal());
    }

    /** Follows. */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Blocking
    @Operation(operationId = "getRoutes", summary = SUMMARY)
    public Multi<OutboundSseEvent> follow(@Context Sse sse) {
        RouteCommands.Following following = routes.follow(caller.principal());
        return stream.of(
                sse,
                teller -> following.to(table -> {
                    table.ifPresentOrElse(
                            now -> teller.tell("table", RouteTableText.tree(now)),
                            () -> teller.tell("still", Map.of()));
                    return !Thread.currentThread().isInterrupted();
                }));
    }
}
