package dev.slipway.platform.api;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Gives those who take anything, as most tools do, JSON or text rather than a stream or a file. */
@ApplicationScoped
class PreferredAnswers {
    private static final int EARLY = -1_000_000;
    private static final String PREFERRED = "application/json, text/plain;q=0.9, */*;q=0.5";

    void route(@Observes Router router) {
        router.route("/api/*").order(EARLY).handler(context -> {
            String wanted = context.request().getHeader(HttpHeaders.ACCEPT);
            if (wanted == null || wanted.isBlank() || wanted.strip().equals("*/*")) {
                context.request().headers().set(HttpHeaders.ACCEPT, PREFERRED);
            }
            context.next();
        });
    }
}
