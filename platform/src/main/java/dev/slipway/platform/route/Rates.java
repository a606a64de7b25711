package dev.slipway.platform.route;

/**
 * What an app may have of a proxy in a second.
 *
 * @param requests {@link Long#MAX_VALUE} for any number
 * @param bytes sent to its users; {@link Long#MAX_VALUE} for any number
 */
public record Rates(long requests, long bytes) {
    /** As much as comes. */
    public static final Rates UNLIMITED = new Rates(Long.MAX_VALUE, Long.MAX_VALUE);

    /** @throws IllegalArgumentException for less than nothing */
    public Rates {
        if (requests < 0 || bytes < 0) {
            throw new IllegalArgumentException("a rate is not negative: requests=" + requests + " bytes=" + bytes);
        }
    }
}
