package dev.slipway.platform.api;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Refuses every path under {@code /api/} that no resource took; the framework's own answer would be a page. */
@ApplicationScoped
class UnknownPaths {
    /** After every route of the framework, which pass on what they do not know. */
    private static final int LATE = 1_000_000;

    private final Problems problems;

    UnknownPaths(Problems problems) {
        this.problems = problems;
    }

    void route(@Observes Router router) {
        String refusal = problems.text(
                Problem.of(ProblemCode.UNKNOWN_NAME, "There is no such path; /q/openapi lists them.", null));
        router.route("/api/*")
                .order(LATE)
                .handler(context -> context.response()
                        .setStatusCode(ProblemCode.UNKNOWN_NAME.status())
                        .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                        .end(refusal));
    }
}
