package dev.slipway.tenancy.quota;

/** The answer of the ledger. */
public sealed interface ReservationOutcome {
    /** All of it is held under the key. */
    record Reserved() implements ReservationOutcome {}

    /**
     * None of it is held; what the key held before, it still holds.
     *
     * @param asked how much more was asked for
     * @param sentence says what, how much is used by what, and who can raise it
     */
    record Refused(QuotaResource resource, long limit, long used, long asked, String sentence)
            implements ReservationOutcome {}

    /**
     * For callers whose transaction cannot go on without it.
     *
     * @throws QuotaExceededException if it is refused
     */
    default void orThrow() {
        if (this instanceof Refused refused) {
            throw new QuotaExceededException(refused);
        }
    }
}
