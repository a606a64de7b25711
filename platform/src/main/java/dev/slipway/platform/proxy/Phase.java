package dev.slipway.platform.proxy;

/** What a client connection waits for; each has its own deadline. */
enum Phase {
    /** The first byte of a request. */
    IDLE,
    /** The rest of a request's header. */
    HEADER,
    /** More of a request's body. */
    BODY,
    /** A free slot on an instance. */
    SLOT,
    /** A connection to an instance: the connect itself has a time limit. */
    CONNECT,
    /** The head of the response. */
    RESPONSE,
    /** More of the response. */
    STREAM,
    /** The rest of a request that has already been answered. */
    DISCARD,
    /** The client to see the last response before the connection is closed. */
    LINGER,
    /** Nothing; without a deadline. */
    TUNNEL;

    private static final long BRIEFLY = 2_000_000_000L;

    /** The longest wait in nanoseconds, 0 for no limit. */
    long limit(Limits limits) {
        return switch (this) {
            case IDLE -> limits.keepAlive();
            case HEADER -> limits.header();
            case BODY -> limits.body();
            case SLOT -> limits.slot();
            case RESPONSE -> limits.response();
            case STREAM -> limits.stream();
            case DISCARD, LINGER -> BRIEFLY;
            case CONNECT, TUNNEL -> 0;
        };
    }
}
