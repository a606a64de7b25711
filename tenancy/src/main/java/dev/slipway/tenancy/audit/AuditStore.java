package dev.slipway.tenancy.audit;

import dev.slipway.tenancy.identity.AppName;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.tenancy.store.Row;
import dev.slipway.tenancy.store.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The tables of the audit: writing at the locked head, reading by place. */
@ApplicationScoped
class AuditStore {
    record Head(long seq, byte[] hash) {}

    private static final String COLUMNS =
            "select seq, at, actor, action, subject, tenant, app, outcome, details::text, hash";

    private final Sql sql;
    private final InstantSource clock;

    AuditStore(Sql sql, InstantSource clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** Appends in this order; other writers wait from here until the transaction ends. */
    void write(List<AuditEntry> entries) {
        Head head = sql.first("select seq, hash from audit_head for update", AuditStore::head)
                .orElseThrow();
        long seq = head.seq();
        byte[] hash = head.hash();
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        for (AuditEntry entry : entries) {
            AuditRecord open = record(++seq, at, entry);
            hash = AuditChain.link(hash, open);
            insert(open, hash);
        }
        sql.update("update audit_head set seq = ?, hash = ?", seq, hash);
    }

    Head head() {
        return sql.first("select seq, hash from audit_head", AuditStore::head).orElseThrow();
    }

    List<AuditRecord> after(long seq, long last, int limit) {
        return sql.query(
                COLUMNS + " from audit_entry where seq > ? and seq <= ? order by seq limit " + limit,
                AuditStore::entry,
                seq,
                last);
    }

    List<AuditRecord> search(AuditQuery query) {
        StringBuilder where = new StringBuilder(" from audit_entry where true");
        List<Object> values = new ArrayList<>();
        query.tenant().ifPresent(tenant -> add(where, values, " and tenant = ?", tenant.value()));
        query.actor().ifPresent(actor -> add(where, values, " and actor = ?", actor));
        query.action().ifPresent(action -> {
            boolean beginning = action.endsWith(".");
            add(where, values, beginning ? " and starts_with(action, ?)" : " and action = ?", action);
        });
        query.from().ifPresent(from -> add(where, values, " and at >= ?", from));
        query.to().ifPresent(to -> add(where, values, " and at < ?", to));
        query.before().ifPresent(before -> add(where, values, " and seq < ?", before));
        return sql.query(
                COLUMNS + where + " order by seq desc limit " + (query.limit() + 1),
                AuditStore::entry,
                values.toArray());
    }

    private static void add(StringBuilder where, List<Object> values, String condition, Object value) {
        where.append(condition);
        values.add(value);
    }

    private void insert(AuditRecord entry, byte[] hash) {
        sql.update(
                "insert into audit_entry (seq, at, actor, action, subject, tenant, app, outcome, details, hash)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?)",
                entry.seq(),
                entry.at(),
                entry.actor(),
                entry.action(),
                entry.subject(),
                entry.tenant().orElse(null),
                entry.app().orElse(null),
                entry.outcome().name(),
                AuditChain.write(entry.details()),
                hash);
    }

    private static AuditRecord record(long seq, Instant at, AuditEntry entry) {
        Map<String, String> details = new TreeMap<>();
        entry.details().forEach((field, value) -> details.put(field.text(), value));
        return new AuditRecord(
                seq,
                at,
                entry.actor(),
                entry.action(),
                entry.subject().text(),
                entry.subject().tenant().map(TenantName::value),
                entry.subject().app().map(AppName::value),
                entry.outcome(),
                details,
                "");
    }

    private static Head head(Row row) throws SQLException {
        return new Head(row.number("seq"), row.bytes("hash"));
    }

    private static AuditRecord entry(Row row) throws SQLException {
        return new AuditRecord(
                row.number("seq"),
                row.instant("at"),
                row.text("actor"),
                row.text("action"),
                row.text("subject"),
                row.maybeText("tenant"),
                row.maybeText("app"),
                AuditOutcome.valueOf(row.text("outcome")),
                AuditChain.readDetails(row.text("details")),
                HexFormat.of().formatHex(row.bytes("hash")));
    }
}
