package dev.slipway.tenancy.audit;

/** What {@link AuditLog#verify} found. */
public sealed interface ChainVerdict {
    /** Every entry is as it was written. */
    record Intact(long entries, String headHash) implements ChainVerdict {}

    /** The first place where the chain does not hold, and how. */
    record Broken(long seq, String why) implements ChainVerdict {}
}
