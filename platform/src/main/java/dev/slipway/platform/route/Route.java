package dev.slipway.platform.route;

import java.util.List;
import java.util.Optional;

/**
 * Where the requests for one host go.
 *
 * @param app the app as people write it, {@code tenant/app}; figures are kept by this text
 * @param backends the instances that may get requests; empty while nothing is healthy
 * @param unavailableReason a sentence for the visitor while {@code backends} is empty
 * @param rates what the app may have of each proxy
 */
public record Route(String app, List<Backend> backends, Optional<String> unavailableReason, Rates rates) {
    public Route {
        backends = List.copyOf(backends);
    }

    /** A route of an app that may have as much as comes. */
    public Route(String app, List<Backend> backends, Optional<String> unavailableReason) {
        this(app, backends, unavailableReason, Rates.UNLIMITED);
    }

    /** The same with other rates. */
    public Route with(Rates others) {
        return new Route(app, backends, unavailableReason, others);
    }

    /** A route that is served by {@code backends}. */
    public static Route to(String app, Backend... backends) {
        return new Route(app, List.of(backends), Optional.empty());
    }

    /** A route that answers 503 with {@code reason}. */
    public static Route unavailable(String app, String reason) {
        return new Route(app, List.of(), Optional.of(reason));
    }
}
