package dev.slipway.platform.proxy;

import dev.slipway.platform.route.Backend;
import dev.slipway.platform.route.HostName;
import dev.slipway.platform.route.Route;
import dev.slipway.platform.route.RouteTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The current table, joined with the live state of apps and backends, which outlives a change of the table. */
final class LiveRoutes {
    private final ProxyMetrics metrics;
    private final int loops;
    private final Consumer<BackendState> onRetired;
    private final Map<String, AppState> apps = new ConcurrentHashMap<>();
    private final Map<Key, BackendState> states = new ConcurrentHashMap<>();
    private volatile Map<String, LiveRoute> byHost = Map.of();

    /** @param onRetired told each backend that has left the table, to close its unused connections */
    LiveRoutes(ProxyMetrics metrics, int loops, Consumer<BackendState> onRetired) {
        this.metrics = metrics;
        this.loops = loops;
        this.onRetired = onRetired;
    }

    private record Key(String app, Backend backend) {}

    /** The route of a normalised host, see {@link HostName}. */
    @Nullable
    LiveRoute find(String host) {
        return byHost.get(host);
    }

    /**
     * Takes a new table. When this returns no request will begin on a backend that is not in it, and what is in flight
     * there goes on.
     */
    synchronized void accept(RouteTable table) {
        Map<String, LiveRoute> next = HashMap.newHashMap(table.routes().size());
        Set<BackendState> wanted = new HashSet<>();
        table.routes().forEach((host, route) -> {
            LiveRoute live = live(route);
            wanted.addAll(live.backends());
            next.put(host, live);
        });
        wanted.forEach(state -> state.retired(false));
        byHost = next;
        for (BackendState state : List.copyOf(states.values())) {
            if (!wanted.contains(state)) {
                if (!state.retired()) {
                    state.retired(true);
                    onRetired.accept(state);
                }
                if (state.inFlight() == 0) {
                    states.values().remove(state);
                }
            }
        }
        apps.values().forEach(AppState::callAll);
    }

    /** The live states of an instance: usually one, none if it never was in a table or is long gone. */
    List<BackendState> ofInstance(String instance) {
        List<BackendState> found = new ArrayList<>();
        states.forEach((key, state) -> {
            if (key.backend().instance().equals(instance)) {
                found.add(state);
            }
        });
        return found;
    }

    AppState app(String app) {
        return apps.computeIfAbsent(app, name -> new AppState(name, metrics.meter(name)));
    }

    private LiveRoute live(Route route) {
        AppState app = app(route.app());
        app.requests.perSecond(route.rates().requests());
        app.bytes.perSecond(route.rates().bytes());
        List<BackendState> backends = new ArrayList<>();
        for (Backend backend : route.backends()) {
            backends.add(states.computeIfAbsent(
                    new Key(route.app(), backend), key -> new BackendState(backend, app, loops)));
        }
        return new LiveRoute(app, backends, route.unavailableReason());
    }
}
