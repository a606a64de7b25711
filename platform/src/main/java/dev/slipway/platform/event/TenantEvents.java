package dev.slipway.platform.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.tenancy.identity.TenantId;
import dev.slipway.tenancy.store.Row;
import dev.slipway.tenancy.store.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the events of a tenant. They are kept for thirty days. */
@ApplicationScoped
public class TenantEvents {
    private static final Duration LIFE = Duration.ofDays(30);
    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

    private final Sql sql;
    private final ObjectMapper json;
    private final Clock clock;

    TenantEvents(Sql sql, ObjectMapper json, Clock clock) {
        this.sql = sql;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Those after a place, the oldest first; what a transaction that still runs has written is not there yet. A place in a
     * transaction that is still to come was given before the database was restored (decision 0180): from there on all that
     * was written since is new.
     */
    public List<TenantEvent> after(TenantId tenant, EventPlace place, int most) {
        return sql.query(
                "select tx::text as tx, seq, kind, app, at, data::text as data from tenant_event where tenant_id = ?"
                        + " and (tx, seq) > (case when ?::text::xid8 < pg_snapshot_xmax(pg_current_snapshot())"
                        + " then ?::text::xid8 else '2'::xid8 end, ?) and tx < pg_snapshot_xmin(pg_current_snapshot())"
                        + " order by tx, seq limit ?",
                this::event,
                tenant.value(),
                Long.toString(place.transaction()),
                Long.toString(place.transaction()),
                place.number(),
                most);
    }

    /** The place after which what comes is new. */
    public EventPlace end(TenantId tenant) {
        return sql.first(
                        "select tx::text as tx, seq from tenant_event where tenant_id = ?"
                                + " and tx < pg_snapshot_xmin(pg_current_snapshot()) order by tx desc, seq desc limit 1",
                        row -> new EventPlace(Long.parseLong(row.text("tx")), row.number("seq")),
                        tenant.value())
                .orElse(EventPlace.BEGIN);
    }

    /** The event of a number. */
    public Optional<TenantEvent> find(long number) {
        return sql.first(
                "select tx::text as tx, seq, kind, app, at, data::text as data from tenant_event where seq = ?",
                this::event,
                number);
    }

    /** Forgets the old. */
    public int tidy() {
        return sql.update(
                "delete from tenant_event where at < ?", clock.instant().minus(LIFE));
    }

    private TenantEvent event(Row row) throws SQLException {
        String data = row.text("data");
        try {
            return new TenantEvent(
                    new EventPlace(Long.parseLong(row.text("tx")), row.number("seq")).toString(),
                    row.text("kind"),
                    row.maybeText("app"),
                    row.instant("at"),
                    json.readValue(data, FIELDS));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event's data is not JSON: seq=" + row.number("seq"), e);
        }
    }
}
