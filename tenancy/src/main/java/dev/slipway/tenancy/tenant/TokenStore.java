package dev.slipway.tenancy.tenant;

import dev.slipway.tenancy.access.Reach;
import dev.slipway.tenancy.access.Scopes;
import dev.slipway.tenancy.identity.AppName;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.tenancy.identity.TokenId;
import dev.slipway.tenancy.identity.UserId;
import dev.slipway.tenancy.store.Row;
import dev.slipway.tenancy.store.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The rows of {@code access_token} with the names of what they are bound to. */
@ApplicationScoped
class TokenStore {
    /** A token as found by its hash, with all that decides whether it opens anything. */
    record Found(Token token, byte[] hash, String person, boolean operator, boolean disabled, boolean destroyed) {}

    private static final String TOKENS = "select k.*, p.name as person, coalesce(p.operator, false) as operator,"
            + " coalesce(p.disabled, false) as disabled, t.name as tenant, a.name as app,"
            + " a.destroyed_at is not null as destroyed from access_token k"
            + " left join person p on p.id = k.person_id left join tenant t on t.id = k.tenant_id"
            + " left join app a on a.id = k.app_id ";

    private final Sql sql;

    TokenStore(Sql sql) {
        this.sql = sql;
    }

    /** Keeps a token; false if the tenant or app it is bound to does not exist. */
    boolean insert(Token token, byte[] hash) {
        String tenant = token.reach().tenant().map(TenantName::value).orElse(null);
        String app = token.reach().app().map(AppName::value).orElse(null);
        return sql.update(
                        "with asked as (select ?::text as tenant, ?::text as app)"
                                + " insert into access_token (id, hash, name, person_id, tenant_id, app_id, scopes,"
                                + " created_at, created_by, expires_at)"
                                + " select ?, ?, ?, ?::uuid, t.id, a.id, ?, ?, ?, ? from asked"
                                + " left join tenant t on t.name = asked.tenant"
                                + " left join app a on a.tenant_id = t.id and a.name = asked.app and a.destroyed_at is null"
                                + " where (asked.tenant is null or t.id is not null)"
                                + " and (asked.app is null or a.id is not null)",
                        tenant,
                        app,
                        token.id().value(),
                        hash,
                        token.name(),
                        token.holder().map(UserId::value).orElse(null),
                        token.scopes().toString(),
                        token.createdAt(),
                        token.createdBy(),
                        token.expiresAt())
                == 1;
    }

    Optional<Found> byHash(byte[] hash) {
        return sql.first(TOKENS + "where k.hash = ?", TokenStore::found, hash);
    }

    Optional<Token> byId(TokenId id) {
        return sql.first(TOKENS + "where k.id = ?", TokenStore::token, id.value());
    }

    List<Token> of(UserId person) {
        return sql.query(
                TOKENS + "where k.person_id = ? order by k.created_at, k.id", TokenStore::token, person.value());
    }

    List<Token> robots(TenantName tenant) {
        return sql.query(
                TOKENS + "where t.name = ? and k.person_id is null order by k.created_at, k.id",
                TokenStore::token,
                tenant.value());
    }

    boolean revoke(TokenId id, Instant at) {
        return sql.update("update access_token set revoked_at = ? where id = ? and revoked_at is null", at, id.value())
                == 1;
    }

    /** Lets a token that is not revoked end at another time; false if its end is not what it was. */
    boolean end(TokenId id, Instant was, Instant at) {
        return sql.update(
                        "update access_token set expires_at = ? where id = ? and expires_at = ? and revoked_at is null",
                        at,
                        id.value(),
                        was)
                == 1;
    }

    void used(TokenId id, Instant at, Instant stale) {
        sql.update(
                "update access_token set last_used_at = ? where id = ? and (last_used_at is null or last_used_at < ?)",
                at,
                id.value(),
                stale);
    }

    private static Found found(Row row) throws SQLException {
        return new Found(
                token(row),
                row.bytes("hash"),
                row.maybeText("person").orElse(""),
                row.flag("operator"),
                row.flag("disabled"),
                row.flag("destroyed"));
    }

    private static Token token(Row row) throws SQLException {
        return new Token(
                new TokenId(row.uuid("id")),
                row.text("name"),
                row.maybeUuid("person_id").map(UserId::new),
                Scopes.parse(Arrays.asList(row.text("scopes").split(" "))),
                new Reach(
                        row.maybeText("tenant").map(TenantName::of),
                        row.maybeText("app").map(AppName::of)),
                row.instant("created_at"),
                row.text("created_by"),
                row.instant("expires_at"),
                row.maybeInstant("revoked_at"),
                row.maybeInstant("last_used_at"));
    }
}
