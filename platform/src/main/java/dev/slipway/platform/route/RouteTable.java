package dev.slipway.platform.route;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * All routes at one moment. A custom domain is one more host.
 *
 * @param version grows with each change
 * @param routes host to route; hosts are brought to the spelling of {@link HostName}
 */
public record RouteTable(long version, Map<String, Route> routes) {
    public static final RouteTable EMPTY = new RouteTable(0, Map.of());

    /** @throws IllegalArgumentException if a key is no host, or two keys are the same host with different routes */
    public RouteTable {
        Map<String, Route> spelled = HashMap.newHashMap(routes.size());
        routes.forEach((host, route) -> {
            Route other = spelled.putIfAbsent(HostName.require(host), route);
            if (other != null && !other.equals(route)) {
                throw new IllegalArgumentException(
                        "host " + host + " is claimed by " + other.app() + " and by " + route.app());
            }
        });
        routes = Map.copyOf(spelled);
    }

    /** The route of a {@code Host} field's value. */
    public Optional<Route> find(String authority) {
        String host = HostName.normalise(authority);
        return host == null ? Optional.empty() : Optional.ofNullable(routes.get(host));
    }
}
