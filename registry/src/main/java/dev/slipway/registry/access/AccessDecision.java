package dev.slipway.registry.access;

/** The answer to whether somebody may. */
public sealed interface AccessDecision {
    /** They may. */
    record Allowed() implements AccessDecision {}

    /**
     * They may not.
     *
     * @param mayKnow whether they may learn that the repository exists
     */
    record Denied(boolean mayKnow) implements AccessDecision {}

    /** They may. */
    static AccessDecision allowed() {
        return new Allowed();
    }

    /** They may not, nor may they learn whether there is such a repository. */
    static AccessDecision denied() {
        return new Denied(false);
    }
}
