package dev.slipway.web.page;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Shows the page for what is not there wherever no resource and no other door took the path. */
@ApplicationScoped
class UnknownPaths {
    /** After every route of the framework and of the other doors. */
    private static final int LAST = 1_000_001;

    void route(@Observes Router router) {
        router.route().order(LAST).handler(UnknownPaths::answer);
    }

    private static void answer(RoutingContext request) {
        String path = request.normalizedPath();
        boolean page = HttpMethod.GET.equals(request.request().method())
                && !OtherDoors.owns(path)
                && !path.equals(NotFoundResource.PATH);
        if (page) {
            request.reroute(NotFoundResource.PATH);
        } else {
            request.next();
        }
    }
}
