package dev.slipway.tenancy.audit;

import jakarta.persistence.EntityManager;
import jakarta.transaction.Synchronization;
import java.util.ArrayList;
import java.util.List;

/** The entries of one transaction, written as its last act, so that the head of the chain is locked but briefly. */
final class PendingEntries implements Synchronization {
    private final AuditStore store;
    private final EntityManager entities;
    private final List<AuditEntry> entries = new ArrayList<>();
    private boolean written;

    PendingEntries(AuditStore store, EntityManager entities) {
        this.store = store;
        this.entities = entities;
    }

    void add(AuditEntry entry) {
        if (written) {
            throw new IllegalStateException(
                    "The transaction is ending and its audit is written: action=" + entry.action());
        }
        entries.add(entry);
    }

    @Override
    public void beforeCompletion() {
        written = true;
        // Nothing may wait for another row while it holds the head, or two transactions could wait for each other.
        entities.flush();
        store.write(entries);
    }

    @Override
    public void afterCompletion(int status) {
        written = true;
    }
}
