package dev.slipway.tenancy.quota;

import dev.slipway.tenancy.identity.RefusalException;

/** A change that would exceed a tenant's quota. */
public final class QuotaExceededException extends RefusalException {
    private final ReservationOutcome.Refused refused;

    /** Keeps the refusal with its figures. */
    public QuotaExceededException(ReservationOutcome.Refused refused) {
        super("quota-exceeded", refused.sentence());
        this.refused = refused;
    }

    /** What was refused, in figures. */
    public ReservationOutcome.Refused refused() {
        return refused;
    }
}
