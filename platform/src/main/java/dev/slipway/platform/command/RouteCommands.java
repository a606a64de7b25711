package dev.slipway.platform.command;

import dev.slipway.platform.route.RouteTable;
import dev.slipway.platform.route.RouteTables;
import dev.slipway.tenancy.access.Authorizer;
import dev.slipway.tenancy.access.Permission;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.access.Subject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The routes of all apps, for proxies elsewhere. */
@ApplicationScoped
public class RouteCommands {
    /** Proxies take a connection on which nothing comes for three times as long for dead. */
    private static final Duration STILL_THERE = Duration.ofSeconds(5);

    private final Authorizer authorizer;
    private final RouteTables tables;

    RouteCommands(Authorizer authorizer, RouteTables tables) {
        this.authorizer = authorizer;
        this.tables = tables;
    }

    /** Takes the table as it is now, and each time it has changed; nothing when only a sign of life is due. */
    @FunctionalInterface
    public interface Sink {
        /** Gives whether to go on. */
        boolean take(Optional<RouteTable> table);
    }

    /** Leads on, once it is clear that somebody may. */
    @FunctionalInterface
    public interface Following {
        void to(Sink sink) throws InterruptedException;
    }

    /** The table as it is now. */
    public RouteTable current(Principal principal) {
        enter(principal);
        return tables.current();
    }

    /** Follows the table; who is slow is given the newest, not all. */
    public Following follow(Principal principal) {
        enter(principal);
        return sink -> {
            LinkedBlockingQueue<RouteTable> changes = new LinkedBlockingQueue<>();
            try (RouteTables.Subscription subscription = tables.listen(changes::add)) {
                boolean goOn = true;
                while (goOn) {
                    RouteTable next = changes.poll(STILL_THERE.toMillis(), TimeUnit.MILLISECONDS);
                    while (!changes.isEmpty()) {
                        next = changes.take();
                    }
                    goOn = sink.take(Optional.ofNullable(next));
                }
            }
        };
    }

    private void enter(Principal principal) {
        authorizer.require(principal, Permission.PLATFORM_VIEW, Subject.platform());
    }
}
