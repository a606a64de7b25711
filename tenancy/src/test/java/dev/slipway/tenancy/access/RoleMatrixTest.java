package dev.slipway.tenancy.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.tenancy.app.App;
import dev.slipway.tenancy.audit.AuditLog;
import dev.slipway.tenancy.audit.AuditOutcome;
import dev.slipway.tenancy.audit.AuditQuery;
import dev.slipway.tenancy.audit.AuditRecord;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.PersonName;
import dev.slipway.tenancy.identity.UserId;
import dev.slipway.tenancy.tenant.Account;
import dev.slipway.tenancy.tenant.Accounts;
import dev.slipway.tenancy.tenant.RoleGrants;
import dev.slipway.tenancy.tenant.Tenant;
import dev.slipway.tenancy.tenant.TenantRoles;
import dev.slipway.tenancy.tenant.TokenRequest;
import dev.slipway.tenancy.tenant.Tokens;
import dev.slipway.tenancy.trial.TrialDatabase;
import dev.slipway.tenancy.trial.World;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Walks every permission as everybody and compares with the table in {@code access/role-permission.txt}. */
@QuarkusTest
@QuarkusTestResource(TrialDatabase.class)
class RoleMatrixTest {
    @Inject
    World world;

    @Inject
    Authorizer authorizer;

    @Inject
    Accounts accounts;

    @Inject
    Tokens tokens;

    @Inject
    TenantRoles roles;

    @Inject
    RoleGrants grants;

    @Inject
    AuditLog audit;

    @Test
    void everybodyMayExactlyWhatTheTableSays() throws IOException {
        Tenant tenant = world.tenant();
        App app = world.app(tenant);
        Map<String, Principal> everybody = everybody(tenant, app);

        List<String> lines = new ArrayList<>();
        lines.add("permission " + String.join(" ", everybody.keySet()));
        for (Permission permission : Permission.values()) {
            StringBuilder line = new StringBuilder(permission.name());
            everybody.forEach((column, principal) -> line.append(' ')
                    .append(word(authorizer.decide(principal, permission, subject(permission, principal, app)))));
            lines.add(line.toString());
        }

        assertThat(lines).isEqualTo(table());
    }

    @Test
    void everyDenialAtADoorIsAudited() {
        Tenant tenant = world.tenant();
        App app = world.app(tenant);
        everybody(tenant, app).forEach((column, principal) -> {
            for (Permission permission : Permission.values()) {
                Subject subject = subject(permission, principal, app);
                long before = newest();
                Decision decision = authorizer.attempt(principal, permission, subject);
                if (decision instanceof Decision.Denied denied) {
                    AuditRecord last =
                            audit.search(AuditQuery.newest(1)).entries().getFirst();
                    assertThat(last.seq()).isEqualTo(before + 1);
                    assertThat(last.outcome()).isEqualTo(AuditOutcome.DENIED);
                    assertThat(last.actor()).isEqualTo(principal.label());
                    assertThat(last.subject()).isEqualTo(subject.audited().text());
                    assertThat(last.details())
                            .isEqualTo(Map.of("permission", permission.text(), "reason", denied.reason()));
                } else {
                    assertThat(newest()).isEqualTo(before);
                }
            }
        });
    }

    @Test
    void whatMayNotBeKnownIsAnsweredAsIfItDidNotExist() {
        App app = world.app(world.tenant());
        Principal stranger = world.person();
        Subject absent = Subject.of(AppRef.of(app.ref().tenant() + "/absent"));

        DeniedException real = denied(stranger, Subject.of(app.ref()));
        DeniedException none = denied(stranger, absent);
        DeniedException member = denied(world.member(tenantOf(app), Role.OWNER), absent);

        assertThat(real.sentence()).isEqualTo("There is no app " + app.ref() + ", or you may not see it.");
        assertThat(none.sentence())
                .isEqualTo(
                        real.sentence().replace(app.ref().toString(), app.ref().tenant() + "/absent"));
        assertThat(member.sentence()).isEqualTo(none.sentence());
        assertThat(List.of(real.mayKnow(), none.mayKnow(), member.mayKnow())).containsOnly(false);
        assertThat(List.of(real.code(), none.code())).containsOnly("unknown-name");
    }

    @Test
    void aRoleThatIsTakenAwayIsGoneAtTheNextDoor() {
        Tenant tenant = world.tenant();
        App app = world.app(tenant);
        Principal.Person developer = world.member(tenant, Role.DEVELOPER);
        assertThat(authorizer
                        .decide(developer, Permission.APP_DEPLOY, Subject.of(app.ref()))
                        .allowed())
                .isTrue();

        accounts.setDisabled(World.PLATFORM, developer.id(), true);
        assertThat(authorizer.decide(developer, Permission.APP_DEPLOY, Subject.of(app.ref())))
                .isEqualTo(new Decision.Denied("The account " + developer.name() + " is disabled.", true));
        accounts.setDisabled(World.PLATFORM, developer.id(), false);
        assertThat(authorizer
                        .decide(developer, Permission.APP_DEPLOY, Subject.of(app.ref()))
                        .allowed())
                .isTrue();
    }

    @Test
    void aPrincipalThatClaimsToBeAnOperatorIsNotBelieved() {
        Principal.Person person = world.person();
        Principal claims = new Principal.Person(person.id(), person.name(), true);
        Principal nobody = new Principal.Person(UserId.random(), "nobody", true);

        assertThat(authorizer
                        .decide(claims, Permission.PLATFORM_OPERATE, Subject.platform())
                        .allowed())
                .isFalse();
        assertThat(authorizer
                        .decide(nobody, Permission.ACCOUNT_VIEW, Subject.of(person.id()))
                        .allowed())
                .isFalse();
    }

    private Map<String, Principal> everybody(Tenant tenant, App app) {
        Principal.Person disabled = world.member(tenant, Role.OWNER);
        accounts.setDisabled(World.PLATFORM, disabled.id(), true);
        Principal.Person owner = world.member(tenant, Role.OWNER);
        Map<String, Principal> all = new LinkedHashMap<>();
        all.put("platform", World.PLATFORM);
        all.put("operator", world.operator());
        all.put("owner", owner);
        all.put("developer", world.member(tenant, Role.DEVELOPER));
        all.put("viewer", world.member(tenant, Role.VIEWER));
        Account guest = world.account();
        grants.give(World.PLATFORM, app.ref(), guest.name(), "developer");
        all.put("guest", guest.principal());
        Account elsewhere = world.account();
        grants.give(World.PLATFORM, world.app(tenant).ref(), elsewhere.name(), "developer");
        all.put("next-door", elsewhere.principal());
        roles.define(World.PLATFORM, tenant.name(), "auditor", Set.of(Permission.APP_LOGS, Permission.TENANT_AUDIT));
        Account auditor = world.account();
        grants.give(World.PLATFORM, tenant.name(), auditor.name(), "auditor");
        all.put("auditor", auditor.principal());
        Principal.Person both = world.member(tenant, Role.VIEWER);
        grants.give(World.PLATFORM, tenant.name(), PersonName.parse(both.name()), "auditor");
        all.put("viewer+auditor", both);
        all.put("stranger", world.person());
        all.put("disabled", disabled);
        for (String scope : List.of("read", "deploy", "admin")) {
            all.put("robot-" + scope, use(TokenRequest.robot("ci", Scopes.of(scope), Reach.tenant(tenant.name()))));
        }
        for (String scope : List.of("read", "deploy")) {
            all.put("owner-" + scope, use(TokenRequest.personal(owner.id(), "laptop", Scopes.of(scope))));
        }
        all.put(
                "elsewhere",
                use(TokenRequest.personal(owner.id(), "other", Scopes.everything())
                        .withReach(Reach.tenant(world.tenant().name()))));
        return all;
    }

    private Principal use(TokenRequest request) {
        return tokens.verify(tokens.issue(World.PLATFORM, request).plainText()).orElseThrow();
    }

    private DeniedException denied(Principal principal, Subject subject) {
        Map<String, DeniedException> caught = new HashMap<>();
        assertThatThrownBy(() -> authorizer.require(principal, Permission.APP_VIEW, subject))
                .isInstanceOfSatisfying(DeniedException.class, denied -> caught.put("denied", denied));
        return caught.get("denied");
    }

    private static Tenant tenantOf(App app) {
        return new Tenant(app.tenantId(), app.ref().tenant(), app.createdAt());
    }

    private long newest() {
        return audit.search(AuditQuery.newest(1)).entries().getFirst().seq();
    }

    private static Subject subject(Permission permission, Principal principal, App app) {
        if (permission.name().startsWith("TENANT_")) {
            return Subject.of(app.ref().tenant());
        }
        if (permission.name().startsWith("PLATFORM_")) {
            return Subject.platform();
        }
        if (permission.name().startsWith("ACCOUNT_")) {
            return Subject.of(principal instanceof Principal.Person person ? person.id() : UserId.random());
        }
        return Subject.of(app.ref());
    }

    private static String word(Decision decision) {
        return switch (decision) {
            case Decision.Allowed allowed -> "yes";
            case Decision.Denied denied -> denied.mayKnow() ? "no" : "hidden";
        };
    }

    private static List<String> table() throws IOException {
        try (InputStream file = Optional.ofNullable(
                        RoleMatrixTest.class.getResourceAsStream("/access/role-permission.txt"))
                .orElseThrow()) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.strip().replaceAll(" +", " "))
                    .toList();
        }
    }
}
