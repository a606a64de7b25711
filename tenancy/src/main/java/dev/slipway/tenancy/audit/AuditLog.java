package dev.slipway.tenancy.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The record of every change and every denied attempt: append-only, each entry hashed together with the one before
 * it, so that a change of the past is found (decision 0052).
 */
@ApplicationScoped
public class AuditLog {
    private static final int BATCH = 2_000;

    private final AuditStore store;
    private final EntityManager entities;
    private final TransactionManager transactions;
    private final TransactionSynchronizationRegistry registry;

    AuditLog(
            AuditStore store,
            EntityManager entities,
            TransactionManager transactions,
            TransactionSynchronizationRegistry registry) {
        this.store = store;
        this.entities = entities;
        this.transactions = transactions;
        this.registry = registry;
    }

    /**
     * Appends with the caller's transaction: written just before it commits, never if it rolls back, and if writing
     * fails the change does not happen either.
     */
    @Transactional
    public void append(AuditEntry entry) {
        if (registry.getResource(AuditLog.class) instanceof PendingEntries pending) {
            pending.add(entry);
            return;
        }
        PendingEntries pending = new PendingEntries(store, entities);
        pending.add(entry);
        try {
            transactions.getTransaction().registerSynchronization(pending);
        } catch (RollbackException | SystemException e) {
            throw new IllegalStateException("The transaction takes no more work: action=" + entry.action(), e);
        }
        registry.putResource(AuditLog.class, pending);
    }

    /** Appends and commits at once, whatever becomes of the caller's transaction: for denied attempts. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public void appendNow(AuditEntry entry) {
        store.write(List.of(entry));
    }

    /** Finds entries, newest first, page by page. */
    public AuditPage search(AuditQuery query) {
        List<AuditRecord> found = store.search(query);
        if (found.size() <= query.limit()) {
            return new AuditPage(found, Optional.empty());
        }
        List<AuditRecord> page = found.subList(0, query.limit());
        return new AuditPage(page, Optional.of(page.getLast().seq()));
    }

    /** Recomputes the whole chain up to the present head. Reads every entry, in batches. */
    public ChainVerdict verify() {
        AuditStore.Head head = store.head();
        byte[] hash = new byte[32];
        long seq = 0;
        while (seq < head.seq()) {
            List<AuditRecord> batch = store.after(seq, head.seq(), BATCH);
            if (batch.isEmpty()) {
                return new ChainVerdict.Broken(seq + 1, "The entries from here to " + head.seq() + " are missing.");
            }
            for (AuditRecord entry : batch) {
                if (entry.seq() != seq + 1) {
                    return new ChainVerdict.Broken(seq + 1, "The entry is missing.");
                }
                hash = AuditChain.link(hash, entry);
                if (!Arrays.equals(hash, entry.hashBytes())) {
                    return new ChainVerdict.Broken(entry.seq(), "The entry or the one before it was changed.");
                }
                seq = entry.seq();
            }
        }
        if (!Arrays.equals(hash, head.hash())) {
            return new ChainVerdict.Broken(seq, "The head does not belong to the last entry.");
        }
        return new ChainVerdict.Intact(seq, HexFormat.of().formatHex(hash));
    }
}
