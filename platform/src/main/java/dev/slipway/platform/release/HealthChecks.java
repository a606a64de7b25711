package dev.slipway.platform.release;

/**
 * The checks of one process type.
 *
 * @param start what a new instance must pass to be given traffic, and how long it may take
 * @param running what it is asked from then on
 */
public record HealthChecks(Check start, Check running) {

    /** The same at the start and from then on. */
    public static HealthChecks of(Check check) {
        return new HealthChecks(check, check);
    }
}
