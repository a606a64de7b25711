package dev.slipway.platform.release;

import java.time.Duration;

/** How an instance of a process type shows that it is healthy. */
public sealed interface Check {
    /** How long a new instance may take to become healthy. */
    Duration startWithin();

    /** A TCP connection to {@code $PORT} is accepted. */
    record Tcp(Duration startWithin) implements Check {}

    /**
     * GET on {@code $PORT} is answered with 200 to 399.
     *
     * @param path absolute path, may have a query
     */
    record Http(String path, Duration timeout, Duration startWithin) implements Check {
        public Http {
            if (!path.startsWith("/") || path.chars().anyMatch(c -> c <= ' ' || c > '~')) {
                throw new IllegalArgumentException(
                        "a health check's path starts with / and is a valid URL path, not '" + path + "'");
            }
        }
    }

    /** The instance goes on running; for process types that do not listen. */
    record Running(Duration settle, Duration startWithin) implements Check {}

    /** For people: {@code GET /healthz}, {@code TCP $PORT}, {@code still running}. */
    default String text() {
        return switch (this) {
            case Tcp tcp -> "a TCP connect to $PORT";
            case Http http -> "GET " + http.path();
            case Running running -> "staying up";
        };
    }
}
