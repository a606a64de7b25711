package dev.slipway.tenancy.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.tenancy.access.Authorizer;
import dev.slipway.tenancy.access.Permission;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.access.Reach;
import dev.slipway.tenancy.access.Role;
import dev.slipway.tenancy.access.Scopes;
import dev.slipway.tenancy.access.Subject;
import dev.slipway.tenancy.audit.AuditLog;
import dev.slipway.tenancy.audit.AuditQuery;
import dev.slipway.tenancy.group.GroupRules.Held;
import dev.slipway.tenancy.identity.NotPossibleException;
import dev.slipway.tenancy.trial.TrialClock;
import dev.slipway.tenancy.trial.TrialDatabase;
import dev.slipway.tenancy.trial.World;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TrialDatabase.class)
class CompanyAccountsTest {
    private static final String ISSUER = "https://sso.example.com/realms/acme";
    private static final String OTHER = "https://sso.example.org";

    @Inject
    World world;

    @Inject
    CompanyAccounts company;

    @Inject
    CompanySessions sessions;

    @Inject
    Accounts accounts;

    @Inject
    Tenants tenants;

    @Inject
    Tokens tokens;

    @Inject
    Authorizer authorizer;

    @Inject
    AuditLog audit;

    @Inject
    TrialClock clock;

    @Test
    void aPersonIsMadeAtTheFirstTimeAndFoundAgain() {
        String subject = subject();
        Account first = arrive(ISSUER, subject, "Ada." + subject, Held.nothing());
        assertThat(first.name().value()).isEqualTo("ada." + subject);
        assertThat(first.local()).isFalse();
        assertThat(arrive(ISSUER, subject, "renamed", Held.nothing())).isEqualTo(first);
        assertThat(arrive(OTHER, subject, "x" + subject, Held.nothing()).id())
                .as("the same subject of another issuer is another person")
                .isNotEqualTo(first.id());
    }

    @Test
    void nobodyTakesAnAccountOverByItsName() {
        Account local = world.account();
        Account company = arrive(ISSUER, subject(), local.name().value(), new Held(Map.of(), false));
        assertThat(company.id()).isNotEqualTo(local.id());
        assertThat(company.name().value()).startsWith(local.name().value() + "-");
        assertThat(arrive(ISSUER, subject(), "no name at all!", Held.nothing())
                        .name()
                        .value())
                .startsWith("person-");
    }

    @Test
    void rolesFollowTheGroupsAndLeaveTheTenantsOwnAlone() {
        Tenant tenant = world.tenant();
        String subject = subject();
        Account ada = arrive(ISSUER, subject, subject, new Held(Map.of(tenant.name(), Role.DEVELOPER), false));
        assertThat(role(tenant, ada)).contains(Role.DEVELOPER);

        company.keep(ISSUER, subject, new Held(Map.of(tenant.name(), Role.OWNER), false));
        assertThat(role(tenant, ada)).contains(Role.OWNER);

        tenants.addMember(World.PLATFORM, tenant.name(), world.account().name(), Role.OWNER);
        tenants.addMember(World.PLATFORM, tenant.name(), ada.name(), Role.VIEWER);
        assertThat(role(tenant, ada)).as("the strongest of both").contains(Role.OWNER);

        company.keep(ISSUER, subject, Held.nothing());
        assertThat(role(tenant, ada)).as("what the tenant gave stays").contains(Role.VIEWER);
        assertThat(audit.search(AuditQuery.newest(50).withTenant(tenant.name()).withActor("issuer:" + ISSUER))
                        .entries())
                .extracting(entry -> entry.action() + " " + entry.details().getOrDefault("role", ""))
                .containsExactly("member.remove ", "member.add owner", "member.add developer");
    }

    @Test
    void aRoleByAGroupIsEndedThereAndNotHere() {
        Tenant tenant = world.tenant();
        Account ada = arrive(ISSUER, subject(), "a" + subject(), new Held(Map.of(tenant.name(), Role.VIEWER), false));
        assertThatThrownBy(() -> tenants.removeMember(World.PLATFORM, tenant.name(), ada.name()))
                .isInstanceOf(NotPossibleException.class)
                .hasMessageContaining("group");
    }

    @Test
    void withTheLastRoleGoTheTokensForThatTenant() {
        Tenant tenant = world.tenant();
        Tenant other = world.tenant();
        String subject = subject();
        Account ada = arrive(
                ISSUER,
                subject,
                subject,
                new Held(Map.of(tenant.name(), Role.DEVELOPER, other.name(), Role.DEVELOPER), false));
        String here = token(ada, tenant);
        String there = token(ada, other);
        String everywhere = tokens.issue(
                        ada.principal(), TokenRequest.personal(ada.id(), "everywhere", Scopes.of("read")))
                .plainText();

        company.keep(ISSUER, subject, new Held(Map.of(other.name(), Role.DEVELOPER), false));

        assertThat(tokens.verify(here)).isEmpty();
        assertThat(tokens.verify(there)).isPresent();
        Principal narrowed = tokens.verify(everywhere).orElseThrow();
        assertThat(may(narrowed, other)).isTrue();
        assertThat(may(narrowed, tenant)).isFalse();
        assertThat(may(ada.principal(), tenant)).isFalse();
    }

    @Test
    void whoIsGoneThereLosesEveryDoorHere() {
        Tenant tenant = world.tenant();
        String subject = subject();
        Account ada = arrive(ISSUER, subject, subject, new Held(Map.of(tenant.name(), Role.OWNER), true));
        String token = token(ada, tenant);
        UUID session = session(subject, ada, Optional.of("sid-1"));

        company.gone(ISSUER, subject);

        assertThat(accounts.byId(ada.id()).orElseThrow())
                .matches(Account::disabled)
                .matches(account -> !account.operator());
        assertThat(tokens.verify(token)).isEmpty();
        assertThat(sessions.ending(session)).isEmpty();
        assertThat(arrive(ISSUER, subject, subject, Held.nothing()).disabled())
                .as("and who is there again may come again")
                .isFalse();
    }

    @Test
    void whomAnOperatorDisabledStaysOut() {
        String subject = subject();
        Account ada = arrive(ISSUER, subject, subject, Held.nothing());
        accounts.setDisabled(World.PLATFORM, ada.id(), true);
        assertThat(arrive(ISSUER, subject, subject, Held.nothing()).disabled()).isTrue();
    }

    @Test
    void theMarkOfAnOperatorComesAndGoesWithTheGroupUnlessItWasGivenHere() {
        String subject = subject();
        Account ada = arrive(ISSUER, subject, subject, new Held(Map.of(), true));
        assertThat(ada.operator()).isTrue();
        company.keep(ISSUER, subject, Held.nothing());
        assertThat(accounts.byId(ada.id()).orElseThrow().operator()).isFalse();

        accounts.setOperator(World.PLATFORM, ada.id(), true);
        company.keep(ISSUER, subject, Held.nothing());
        assertThat(accounts.byId(ada.id()).orElseThrow().operator())
                .as("given here")
                .isTrue();
    }

    @Test
    void aSessionIsRenewedOnceByWhoeverAsksAndEndsByItsNameOrItsSubject() {
        String subject = subject();
        Account ada = arrive(ISSUER, subject, subject, Held.nothing());
        UUID one = session(subject, ada, Optional.of("sid-" + subject));
        UUID two = session(subject, ada, Optional.empty());
        clock.pass(Duration.ofMinutes(1));
        assertThat(sessions.due(100, clock.instant().plusSeconds(20)))
                .filteredOn(due -> due.subject().equals(subject))
                .extracting(CompanySessions.Due::id, CompanySessions.Due::refreshToken)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(one, "refresh"),
                        org.assertj.core.groups.Tuple.tuple(two, "refresh"));
        assertThat(sessions.due(100, clock.instant().plusSeconds(20)))
                .filteredOn(due -> due.subject().equals(subject))
                .isEmpty();
        sessions.renewed(one, Optional.of("second"), Optional.empty(), clock.instant());
        assertThat(sessions.due(100, clock.instant().plusSeconds(20)))
                .filteredOn(due -> due.subject().equals(subject))
                .extracting(CompanySessions.Due::refreshToken)
                .containsExactly("second");

        assertThat(sessions.end(OTHER, Optional.of(subject), Optional.of("sid-" + subject)))
                .as("another issuer's word counts for its own only")
                .isZero();
        assertThat(sessions.end(ISSUER, Optional.of(subject), Optional.of("sid-" + subject)))
                .isEqualTo(1);
        assertThat(sessions.end(ISSUER, Optional.of(subject), Optional.empty())).isEqualTo(1);
    }

    private Account arrive(String issuer, String subject, String name, Held held) {
        return company.arrive(new CompanyIdentity(issuer, subject, name, held));
    }

    private UUID session(String subject, Account account, Optional<String> sid) {
        return sessions.begin(
                new CompanySessions.Begun(ISSUER, subject, sid, account.id(), Optional.of("refresh"), "identity"),
                clock.instant().plusSeconds(30),
                clock.instant().plus(Duration.ofHours(1)));
    }

    private String token(Account account, Tenant tenant) {
        return tokens.issue(
                        account.principal(),
                        TokenRequest.personal(account.id(), "t", Scopes.of("read"))
                                .withReach(Reach.tenant(tenant.name())))
                .plainText();
    }

    private boolean may(Principal principal, Tenant tenant) {
        return authorizer
                .decide(principal, Permission.TENANT_VIEW, Subject.of(tenant.name()))
                .allowed();
    }

    private Optional<Role> role(Tenant tenant, Account account) {
        return tenants.members(tenant.name()).stream()
                .filter(member -> member.person().equals(account.id()))
                .map(Member::role)
                .findFirst();
    }

    private static String subject() {
        return UUID.randomUUID().toString().substring(0, 13);
    }
}
