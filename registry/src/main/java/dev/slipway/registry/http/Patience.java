package dev.slipway.registry.http;

/**
 * How slowly a client may send. Counted is only time in which we waited for it, not time in which our disk made it wait. Used by
 * one thread at a time.
 */
final class Patience {
    private final long window;
    private final long least;
    private long waited;
    private long came;

    /**
     * Patience that ends.
     *
     * @param window nanoseconds of waiting after which something must have come
     * @param least how many bytes
     */
    Patience(long window, long least) {
        this.window = window;
        this.least = least;
    }

    /** How long to wait now, in nanoseconds; zero or less if it is over. */
    long left() {
        if (waited >= window && came >= least) {
            waited = 0;
            came = 0;
        }
        return window - waited;
    }

    void waited(long nanos) {
        waited += nanos;
    }

    void came(int bytes) {
        came += bytes;
    }
}
