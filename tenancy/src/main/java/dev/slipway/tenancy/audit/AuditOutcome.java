package dev.slipway.tenancy.audit;

/** How an audited act ended. */
public enum AuditOutcome {
    DONE,
    DENIED,
    FAILED
}
