package dev.slipway.tenancy.tenant;

import dev.slipway.tenancy.access.Given;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.access.Role;
import dev.slipway.tenancy.access.Standing;
import dev.slipway.tenancy.access.Standings;
import dev.slipway.tenancy.access.Subject;
import dev.slipway.tenancy.access.TokenPass;
import dev.slipway.tenancy.identity.AppName;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.store.Row;
import dev.slipway.tenancy.store.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Account, token, tenant, app and membership in one round trip. */
@ApplicationScoped
class StandingQuery implements Standings {
    private static final String QUESTION = """
            with asked as (select ?::uuid as person, ?::uuid as token, ?::text as tenant, ?::text as app)
            select asked.person is null or (p.id is not null and not p.disabled) as account,
                   asked.token is null or (k.id is not null and k.revoked_at is null and k.expires_at > ?
                     and k.person_id is not distinct from asked.person and bound.destroyed_at is null) as token,
                   coalesce(p.operator, false) as operator, m.role, t.id is not null as tenant, a.id is not null as app,
                   (select string_agg(g.role || ':' || coalesce(ga.name, '') || ':' || coalesce(r.permissions, ''), E'\n')
                    from role_grant g
                    left join app ga on ga.id = g.app_id and ga.destroyed_at is null
                    left join tenant_role r on r.tenant_id = g.tenant_id and r.name = g.role
                    where g.tenant_id = t.id and g.person_id = p.id and (g.app_id is null or ga.id is not null)) as given
            from asked
            left join person p on p.id = asked.person
            left join access_token k on k.id = asked.token
            left join app bound on bound.id = k.app_id
            left join tenant t on t.name = asked.tenant
            left join strongest_membership m on m.tenant_id = t.id and m.person_id = p.id
            left join app a on a.tenant_id = t.id and a.name = asked.app and a.destroyed_at is null
            """;

    private final Sql sql;
    private final InstantSource clock;

    StandingQuery(Sql sql, InstantSource clock) {
        this.sql = sql;
        this.clock = clock;
    }

    @Override
    public Standing read(Principal principal, Subject subject) {
        return sql.first(
                        QUESTION,
                        StandingQuery::standing,
                        principal instanceof Principal.Person person
                                ? person.id().value()
                                : null,
                        token(principal),
                        tenant(subject),
                        subject instanceof Subject.OfApp of ? of.app().app().value() : null,
                        clock.instant())
                .orElseGet(() -> new Standing(false, false, false, Optional.empty(), List.of(), false, false));
    }

    private static @Nullable UUID token(Principal principal) {
        return principal.pass().map(TokenPass::id).map(id -> id.value()).orElse(null);
    }

    private static @Nullable String tenant(Subject subject) {
        return switch (subject) {
            case Subject.OfTenant of -> of.tenant().value();
            case Subject.OfApp(AppRef app) -> app.tenant().value();
            case Subject.OfPerson of -> null;
            case Subject.OfPlatform of -> null;
        };
    }

    /** {@code role:app:permissions}; a role of every tenant's has no line of permissions of its own. */
    private static Given given(String line) {
        String[] parts = line.split(":", -1);
        return new Given(
                parts[0],
                Optional.of(parts[1]).filter(name -> !name.isEmpty()).map(AppName::of),
                TenantRoles.permissions(parts[0], parts[2]));
    }

    private static Standing standing(Row row) throws SQLException {
        return new Standing(
                row.flag("account"),
                row.flag("token"),
                row.flag("operator"),
                row.maybeText("role").map(Role::valueOf),
                row.maybeText("given").stream()
                        .flatMap(String::lines)
                        .map(StandingQuery::given)
                        .toList(),
                row.flag("tenant"),
                row.flag("app"));
    }
}
