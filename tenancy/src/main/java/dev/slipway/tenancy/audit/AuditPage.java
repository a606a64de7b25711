package dev.slipway.tenancy.audit;

import java.util.List;
import java.util.Optional;

/**
 * Entries, newest first.
 *
 * @param next what to give as {@code before} for the page after this one; empty on the last
 */
public record AuditPage(List<AuditRecord> entries, Optional<Long> next) {
    public AuditPage {
        entries = List.copyOf(entries);
    }
}
