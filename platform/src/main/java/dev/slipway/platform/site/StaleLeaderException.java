package dev.slipway.platform.site;

/** This process acted as a leader and is none any more; what it was about to do is left to the next one. */
public final class StaleLeaderException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long epoch;

    public StaleLeaderException(long epoch) {
        super("leading has passed on: epoch=" + epoch);
        this.epoch = epoch;
    }

    /** The epoch this process led in. */
    public long epoch() {
        return epoch;
    }
}
