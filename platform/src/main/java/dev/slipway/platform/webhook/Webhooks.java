package dev.slipway.platform.webhook;

import dev.slipway.tenancy.identity.NotPossibleException;
import dev.slipway.tenancy.identity.TenantId;
import dev.slipway.tenancy.secret.Sealer;
import dev.slipway.tenancy.store.Row;
import dev.slipway.tenancy.store.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.net.URI;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** The webhooks of tenants and their deliveries, which the database makes as events come (decision 0133). */
@ApplicationScoped
@Transactional
public class Webhooks {
    private static final int MOST = 20;
    private static final String COLUMNS =
            "id, tenant_id, url, array_to_string(kinds, ' ') as kinds, created_at, created_by";

    private final Sql sql;
    private final Sealer sealer;
    private final RandomGenerator random;
    private final Clock clock;

    Webhooks(Sql sql, Sealer sealer, RandomGenerator random, Clock clock) {
        this.sql = sql;
        this.sealer = sealer;
        this.random = random;
        this.clock = clock;
    }

    /** A new webhook with its secret, which is told this once. */
    public record Made(Webhook webhook, HookSecret secret) {}

    /** A delivery whose time has come, taken by this process for a while. */
    record Taken(UUID id, UUID webhook, URI url, HookSecret secret, long event, int attempts) {}

    public List<Webhook> of(TenantId tenant) {
        return sql.query(
                "select " + COLUMNS + " from webhook where tenant_id = ? order by created_at, id",
                Webhooks::webhook,
                tenant.value());
    }

    public Optional<Webhook> find(TenantId tenant, UUID id) {
        return sql.first(
                "select " + COLUMNS + " from webhook where tenant_id = ? and id = ?",
                Webhooks::webhook,
                tenant.value(),
                id);
    }

    /**
     * Adds one.
     *
     * @param kinds of events; empty for all
     * @throws NotPossibleException when the tenant has many already
     */
    public Made add(TenantId tenant, HookAddress url, Set<String> kinds, String by) {
        sql.query("select id from tenant where id = ? for update", row -> row.uuid("id"), tenant.value());
        if (of(tenant).size() >= MOST) {
            throw new NotPossibleException("webhook", "", "A tenant has at most " + MOST + " webhooks.");
        }
        UUID id = UUID.randomUUID();
        HookSecret secret = HookSecret.random(random);
        sql.update(
                "insert into webhook (id, tenant_id, url, kinds, secret, created_at, created_by)"
                        + " values (?, ?, ?, ?, ?, ?, ?)",
                id,
                tenant.value(),
                url.uri().toString(),
                kinds.toArray(String[]::new),
                sealer.seal(secret.bytes(), context(id)),
                clock.instant(),
                by);
        return new Made(find(tenant, id).orElseThrow(), secret);
    }

    /** Removes one with its deliveries; returns whether the tenant had it. */
    public boolean remove(TenantId tenant, UUID id) {
        return sql.update("delete from webhook where tenant_id = ? and id = ?", tenant.value(), id) > 0;
    }

    /** The newest deliveries first. */
    public List<Delivery> deliveries(UUID webhook, int most) {
        return sql.query(
                "select d.id, d.event_seq, e.kind, d.state, d.attempts, d.due_at, d.attempted_at, d.status::text as status,"
                        + " d.reason from webhook_delivery d join tenant_event e on e.seq = d.event_seq"
                        + " where d.webhook_id = ? order by d.event_seq desc limit ?",
                row -> new Delivery(
                        row.uuid("id"),
                        row.number("event_seq"),
                        row.text("kind"),
                        row.text("state").toLowerCase(Locale.ROOT),
                        (int) row.number("attempts"),
                        row.instant("due_at"),
                        row.maybeInstant("attempted_at"),
                        row.maybeText("status").map(Integer::parseInt),
                        row.maybeText("reason")),
                webhook,
                most);
    }

    /** Lets a delivery be made again, whatever became of it; returns the webhook, if the tenant has it. */
    public Optional<Webhook> replay(TenantId tenant, UUID delivery) {
        return sql.first(
                        "update webhook_delivery d set state = 'WAITING', attempts = 0, due_at = ?, reason = null,"
                                + " status = null from webhook w where w.id = d.webhook_id and d.id = ? and w.tenant_id = ?"
                                + " returning w.id",
                        row -> row.uuid("id"),
                        clock.instant(),
                        delivery,
                        tenant.value())
                .flatMap(webhook -> find(tenant, webhook));
    }

    /**
     * Takes deliveries that are due, so that no other process makes them meanwhile. One whose process is lost is due again
     * when the time is over.
     */
    List<Taken> take(int most, Instant heldUntil) {
        Instant now = clock.instant();
        return sql.query(
                "with due as (select id from webhook_delivery where state = 'WAITING' and due_at <= ?"
                        + " order by due_at limit ? for update skip locked)"
                        + " update webhook_delivery d set due_at = ?, attempts = attempts + 1, attempted_at = ?"
                        + " from due, webhook w where d.id = due.id and w.id = d.webhook_id"
                        + " returning d.id, w.id as hook, w.url, w.secret, d.event_seq, d.attempts",
                row -> new Taken(
                        row.uuid("id"),
                        row.uuid("hook"),
                        URI.create(row.text("url")),
                        HookSecret.of(sealer.open(row.bytes("secret"), context(row.uuid("hook")))),
                        row.number("event_seq"),
                        (int) row.number("attempts")),
                now,
                most,
                heldUntil,
                now);
    }

    void delivered(Taken taken, int status) {
        sql.update(
                "update webhook_delivery set state = 'DELIVERED', status = ?, reason = null where id = ? and attempts = ?",
                status,
                taken.id(),
                taken.attempts());
    }

    /** @param next when to try again; empty to give up */
    void failed(Taken taken, Optional<Integer> status, String reason, Optional<Instant> next) {
        sql.update(
                "update webhook_delivery set state = ?, status = ?, reason = ?, due_at = ? where id = ? and attempts = ?",
                next.isPresent() ? "WAITING" : "GIVEN_UP",
                status.orElse(null),
                reason,
                next.orElseGet(clock::instant),
                taken.id(),
                taken.attempts());
    }

    private static Webhook webhook(Row row) throws SQLException {
        String kinds = row.text("kinds");
        return new Webhook(
                row.uuid("id"),
                new TenantId(row.uuid("tenant_id")),
                URI.create(row.text("url")),
                kinds.isEmpty() ? Set.of() : Set.of(kinds.split(" ")),
                row.instant("created_at"),
                row.text("created_by"));
    }

    private static String context(UUID webhook) {
        return "webhook/" + webhook;
    }
}
