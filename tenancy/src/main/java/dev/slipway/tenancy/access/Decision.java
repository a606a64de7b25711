package dev.slipway.tenancy.access;

/** The answer of the {@link Authorizer}. */
public sealed interface Decision {
    /** Go ahead. */
    record Allowed() implements Decision {}

    /**
     * Refused.
     *
     * @param reason a sentence, for the audit always and for the asker if {@code mayKnow}
     * @param mayKnow false if the asker must get the same answer as for a thing that does not exist
     */
    record Denied(String reason, boolean mayKnow) implements Decision {}

    /** Whether to go ahead. */
    default boolean allowed() {
        return this instanceof Allowed;
    }
}
