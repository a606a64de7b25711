package dev.slipway.platform.proxy;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * What the proxy answers in an app's stead: the table of all its own answers to a well-formed request.
 *
 * @param sentence for the visitor
 * @param retryAfter seconds, 0 to leave it open
 */
record Refusal(HttpResponseStatus status, String sentence, int retryAfter) {
    static final Refusal BUSY =
            new Refusal(HttpResponseStatus.SERVICE_UNAVAILABLE, "All instances of this app are busy.", 1);
    static final Refusal REQUEST_LATE = of(HttpResponseStatus.REQUEST_TIMEOUT, "The request did not arrive in time.");
    static final Refusal REQUEST_BROKEN = of(HttpResponseStatus.BAD_REQUEST, "The request's body is not well-formed.");
    static final Refusal REQUEST_NOT_TAKEN =
            of(HttpResponseStatus.GATEWAY_TIMEOUT, "The app did not take the request in time.");
    static final Refusal ANSWER_LATE = of(HttpResponseStatus.GATEWAY_TIMEOUT, "The app did not answer in time.");
    static final Refusal ANSWER_UNREADABLE =
            of(HttpResponseStatus.BAD_GATEWAY, "The app's answer could not be understood.");
    static final Refusal ANSWER_BROKEN = of(HttpResponseStatus.BAD_GATEWAY, "The app's answer broke off.");
    static final Refusal NO_ANSWER =
            of(HttpResponseStatus.BAD_GATEWAY, "The app closed the connection without an answer.");
    static final Refusal SWITCHED_UNASKED =
            of(HttpResponseStatus.BAD_GATEWAY, "The app changed the protocol without being asked.");

    static Refusal noApp(String host) {
        return of(HttpResponseStatus.NOT_FOUND, "There is no app at " + host + ".");
    }

    static Refusal nothingHealthy(LiveRoute route) {
        String reason = route.unavailableReason().orElse("No instance of this app is healthy at the moment.");
        return new Refusal(HttpResponseStatus.SERVICE_UNAVAILABLE, reason, 5);
    }

    /** @param wait nanoseconds until there is room */
    static Refusal tooMany(AppState app, long wait) {
        return new Refusal(
                HttpResponseStatus.TOO_MANY_REQUESTS,
                "This app may get " + app.requests.perSecond()
                        + " requests a second, and more are coming. Try again in a moment.",
                (int) (1 + wait / 1_000_000_000L));
    }

    static Refusal unreachable(Throwable cause) {
        return cause instanceof ConnectTimeoutException
                ? of(HttpResponseStatus.GATEWAY_TIMEOUT, "No instance of this app could be reached in time.")
                : of(HttpResponseStatus.BAD_GATEWAY, "No instance of this app could be reached.");
    }

    /** The deadline of a phase has passed. */
    static Refusal late(Phase phase, boolean readingPaused) {
        return switch (phase) {
            case SLOT -> BUSY;
            case BODY -> readingPaused ? REQUEST_NOT_TAKEN : REQUEST_LATE;
            default -> ANSWER_LATE;
        };
    }

    /** The client's own fault in framing or pace: what it sends after this cannot be trusted to be a request. */
    boolean endsConnection() {
        return status.code() == 400 || status.code() == 408;
    }

    private static Refusal of(HttpResponseStatus status, String sentence) {
        return new Refusal(status, sentence, 0);
    }
}
