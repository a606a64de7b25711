package dev.slipway.tenancy.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.tenancy.access.Authorizer;
import dev.slipway.tenancy.access.Decision;
import dev.slipway.tenancy.access.DeniedException;
import dev.slipway.tenancy.access.Permission;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.access.Reach;
import dev.slipway.tenancy.access.Role;
import dev.slipway.tenancy.access.Scopes;
import dev.slipway.tenancy.access.Subject;
import dev.slipway.tenancy.app.App;
import dev.slipway.tenancy.app.Apps;
import dev.slipway.tenancy.audit.AuditLog;
import dev.slipway.tenancy.audit.AuditQuery;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.InvalidNameException;
import dev.slipway.tenancy.identity.NotPossibleException;
import dev.slipway.tenancy.identity.TokenId;
import dev.slipway.tenancy.identity.UnknownNameException;
import dev.slipway.tenancy.store.Sql;
import dev.slipway.tenancy.trial.TrialClock;
import dev.slipway.tenancy.trial.TrialDatabase;
import dev.slipway.tenancy.trial.World;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TrialDatabase.class)
class TokensTest {
    @Inject
    World world;

    @Inject
    Tokens tokens;

    @Inject
    Accounts accounts;

    @Inject
    Apps apps;

    @Inject
    Authorizer authorizer;

    @Inject
    AuditLog audit;

    @Inject
    Sql sql;

    @Inject
    TrialClock clock;

    @Test
    void aTokenStandsForItsHolderAndIsStoredNowhere() {
        Principal.Person person = world.person();
        IssuedToken issued = issue(person);

        assertThat(issued.plainText()).matches("slp_[A-Za-z0-9_-]{43}");
        assertThat(issued.toString()).doesNotContain(issued.plainText());
        assertThat(tokens.verify(issued.plainText()))
                .containsInstanceOf(Principal.Person.class)
                .map(principal -> ((Principal.Person) principal).id())
                .contains(person.id());
        String stored = sql.query(
                        "select k::text || p::text as all_of_it from access_token k, person p",
                        row -> row.text("all_of_it"))
                .toString();
        assertThat(stored).doesNotContain(issued.plainText().substring(4));
        assertThat(audit.search(AuditQuery.newest(1_000)).entries().toString())
                .doesNotContain(issued.plainText().substring(4));
    }

    @Test
    void textsThatAreNoTokenOpenNothing() {
        String real = issue(world.person()).plainText();
        char last = real.charAt(real.length() - 1);
        List<String> abuse = List.of(
                "",
                "slp_",
                real.substring(0, real.length() - 1),
                real.substring(4),
                real + "A",
                " " + real,
                real + "\n",
                "SLP_" + real.substring(4),
                "ghp_" + real.substring(4),
                real.toUpperCase(Locale.ROOT),
                real.substring(0, real.length() - 1) + (last == 'A' ? 'E' : 'A'),
                "slp_" + "A".repeat(43),
                "slp_' or '1'='1",
                "slp_" + "x".repeat(1_000_000));

        abuse.forEach(text ->
                assertThat(tokens.verify(text)).as("length=%d", text.length()).isEmpty());
        assertThat(tokens.verify(real)).isPresent();
    }

    @Test
    void aTokenEndsOnItsDayAlsoInsideAnOpenSession() {
        Principal.Person person = world.person();
        IssuedToken issued = issue(person);
        Principal session = tokens.verify(issued.plainText()).orElseThrow();
        assertThat(issued.token().expiresAt()).isEqualTo(clock.instant().plus(Duration.ofDays(90)));

        clock.pass(Duration.ofDays(90).minusSeconds(1));
        assertThat(tokens.verify(issued.plainText())).isPresent();
        clock.pass(Duration.ofSeconds(1));

        assertThat(tokens.verify(issued.plainText())).isEmpty();
        assertThat(authorizer.decide(session, Permission.ACCOUNT_VIEW, Subject.of(person.id())))
                .isEqualTo(new Decision.Denied("The token is expired or revoked: ask for a new one.", true));
    }

    @Test
    void aRevokedTokenEndsAtOnceAlsoInsideAnOpenSession() {
        Principal.Person person = world.person();
        IssuedToken issued = issue(person);
        Principal session = tokens.verify(issued.plainText()).orElseThrow();

        tokens.revoke(person, issued.token().id());
        tokens.revoke(person, issued.token().id());

        assertThat(tokens.verify(issued.plainText())).isEmpty();
        assertThat(authorizer
                        .decide(session, Permission.ACCOUNT_VIEW, Subject.of(person.id()))
                        .allowed())
                .isFalse();
        assertThat(tokens.list(person.id()))
                .singleElement()
                .satisfies(token -> assertThat(token.revokedAt()).isPresent());
    }

    @Test
    void aDisabledPersonsTokensOpenNothing() {
        Principal.Person person = world.person();
        IssuedToken issued = issue(person);
        accounts.setDisabled(World.PLATFORM, person.id(), true);

        assertThat(tokens.verify(issued.plainText())).isEmpty();
    }

    @Test
    void aTokenOfOneTenantIsBlindInAnother() {
        Tenant own = world.tenant();
        App app = world.app(own);
        App other = world.app(world.tenant());
        Principal robot = use(TokenRequest.robot("ci", Scopes.everything(), Reach.tenant(own.name())));

        assertThat(authorizer
                        .decide(robot, Permission.APP_DEPLOY, Subject.of(app.ref()))
                        .allowed())
                .isTrue();
        assertThat(authorizer.decide(robot, Permission.APP_DEPLOY, Subject.of(other.ref())))
                .isInstanceOfSatisfying(
                        Decision.Denied.class,
                        denied -> assertThat(denied.mayKnow()).isFalse());
        assertThat(authorizer
                        .decide(robot, Permission.PLATFORM_OPERATE, Subject.platform())
                        .allowed())
                .isFalse();
    }

    @Test
    void aRobotOfAnAppReachesThatAppOnlyAndDiesWithIt() {
        Tenant tenant = world.tenant();
        App app = world.app(tenant);
        App sibling = world.app(tenant);
        IssuedToken issued =
                tokens.issue(World.PLATFORM, TokenRequest.robot("ci", Scopes.of("deploy"), Reach.app(app.ref())));
        Principal robot = tokens.verify(issued.plainText()).orElseThrow();

        assertThat(robot.label()).isEqualTo("robot:" + app.ref() + ":ci");
        assertThat(authorizer
                        .decide(robot, Permission.APP_DEPLOY, Subject.of(app.ref()))
                        .allowed())
                .isTrue();
        assertThat(authorizer
                        .decide(robot, Permission.APP_DEPLOY, Subject.of(sibling.ref()))
                        .allowed())
                .isFalse();
        assertThat(authorizer
                        .decide(robot, Permission.TENANT_VIEW, Subject.of(tenant.name()))
                        .allowed())
                .isFalse();

        apps.destroy(World.PLATFORM, app.ref());
        apps.create(World.PLATFORM, app.ref());
        assertThat(tokens.verify(issued.plainText())).isEmpty();
        assertThat(authorizer
                        .decide(robot, Permission.APP_DEPLOY, Subject.of(app.ref()))
                        .allowed())
                .isFalse();
    }

    @Test
    void aTokenCannotIssueOneThatMayDoMore() {
        Tenant tenant = world.tenant();
        Principal.Person owner = world.member(tenant, Role.OWNER);
        Principal narrow = use(TokenRequest.personal(owner.id(), "narrow", Scopes.of("account-write", "read")));
        Principal bound = use(TokenRequest.personal(owner.id(), "bound", Scopes.of("tenant-tokens", "app-view"))
                .withReach(Reach.tenant(tenant.name())));
        Principal deploy = use(TokenRequest.personal(owner.id(), "deploy", Scopes.of("deploy")));

        assertThat(tokens.issue(narrow, TokenRequest.personal(owner.id(), "x", Scopes.of("read"))))
                .isNotNull();
        assertThatThrownBy(() -> tokens.issue(narrow, TokenRequest.personal(owner.id(), "x", Scopes.of("deploy"))))
                .isInstanceOf(NotPossibleException.class);
        assertThatThrownBy(() ->
                        tokens.issue(bound, TokenRequest.robot("x", Scopes.of("admin"), Reach.tenant(tenant.name()))))
                .isInstanceOf(NotPossibleException.class);
        assertThatThrownBy(() -> tokens.issue(bound, TokenRequest.personal(owner.id(), "x", Scopes.of("app-view"))))
                .isInstanceOf(DeniedException.class);
        assertThatThrownBy(() -> tokens.issue(deploy, TokenRequest.personal(owner.id(), "x", Scopes.of("deploy"))))
                .isInstanceOf(DeniedException.class);
    }

    @Test
    void onlyOwnersIssueAndRevokeForRobotsAndNobodyForOthers() {
        Tenant tenant = world.tenant();
        Principal.Person owner = world.member(tenant, Role.OWNER);
        Principal.Person developer = world.member(tenant, Role.DEVELOPER);
        Principal.Person operator = world.operator();
        TokenRequest robot = TokenRequest.robot("ci", Scopes.of("deploy"), Reach.tenant(tenant.name()));
        IssuedToken issued = tokens.issue(owner, robot);

        assertThatThrownBy(() -> tokens.issue(developer, robot)).isInstanceOf(DeniedException.class);
        assertThatThrownBy(() -> tokens.issue(operator, TokenRequest.personal(owner.id(), "x", Scopes.of("read"))))
                .isInstanceOf(NotPossibleException.class);
        assertThatThrownBy(() -> tokens.issue(developer, TokenRequest.personal(owner.id(), "x", Scopes.of("read"))))
                .isInstanceOf(DeniedException.class);
        assertThatThrownBy(() -> tokens.revoke(world.person(), issued.token().id()))
                .isInstanceOf(UnknownNameException.class);
        assertThatThrownBy(() -> tokens.revoke(owner, TokenId.random())).isInstanceOf(UnknownNameException.class);
        assertThat(tokens.robots(tenant.name())).containsExactly(issued.token());
        assertThat(tokens.verify(issued.plainText())).isPresent();
    }

    @Test
    void aRotatedTokenGivesWayToOneThatIsTheSame() {
        Tenant tenant = world.tenant();
        Principal.Person owner = world.member(tenant, Role.OWNER);
        TokenRequest robot = TokenRequest.robot("ci", Scopes.of("deploy"), Reach.tenant(tenant.name()))
                .withLife(Duration.ofDays(30));
        IssuedToken old = tokens.issue(owner, robot);

        IssuedToken fresh = tokens.rotate(owner, old.token().id(), Duration.ofHours(1));

        assertThat(fresh.token().name()).isEqualTo("ci");
        assertThat(fresh.token().scopes()).isEqualTo(old.token().scopes());
        assertThat(fresh.token().reach()).isEqualTo(old.token().reach());
        assertThat(Duration.between(fresh.token().createdAt(), fresh.token().expiresAt()))
                .isEqualTo(Duration.ofDays(30));
        assertThat(fresh.plainText()).isNotEqualTo(old.plainText());
        assertThat(tokens.verify(fresh.plainText())).isPresent();
        assertThat(tokens.verify(old.plainText())).as("for an hour more").isPresent();
        clock.pass(Duration.ofMinutes(61));
        assertThat(tokens.verify(old.plainText())).isEmpty();
        assertThat(tokens.verify(fresh.plainText())).isPresent();
        assertThatThrownBy(() -> tokens.rotate(owner, old.token().id(), Duration.ZERO))
                .isInstanceOf(NotPossibleException.class)
                .hasMessageContaining("over");
    }

    @Test
    void aTokenRotatesItselfAndNobodyElsesIsRotated() {
        Tenant tenant = world.tenant();
        Principal.Person owner = world.member(tenant, Role.OWNER);
        Principal.Person developer = world.member(tenant, Role.DEVELOPER);
        IssuedToken robot =
                tokens.issue(owner, TokenRequest.robot("ci", Scopes.of("deploy"), Reach.tenant(tenant.name())));
        IssuedToken personal = tokens.issue(owner, TokenRequest.personal(owner.id(), "laptop", Scopes.of("admin")));
        Principal itself = tokens.verify(robot.plainText()).orElseThrow();

        assertThatThrownBy(() -> tokens.rotate(developer, robot.token().id(), Duration.ZERO))
                .isInstanceOf(UnknownNameException.class);
        assertThatThrownBy(() -> tokens.rotate(itself, personal.token().id(), Duration.ZERO))
                .isInstanceOf(UnknownNameException.class);
        assertThatThrownBy(
                        () -> tokens.rotate(world.operator(), personal.token().id(), Duration.ZERO))
                .as("who may look after accounts gets nobody's token")
                .isInstanceOf(NotPossibleException.class);
        Principal narrow = use(TokenRequest.personal(owner.id(), "narrow", Scopes.of("account-write", "read")));
        assertThatThrownBy(() -> tokens.rotate(narrow, personal.token().id(), Duration.ZERO))
                .as("a token gets none that may do more")
                .isInstanceOf(NotPossibleException.class);
        assertThatThrownBy(() -> tokens.rotate(owner, robot.token().id(), Duration.ofDays(8)))
                .isInstanceOf(InvalidNameException.class);
        assertThat(tokens.verify(robot.plainText())).isPresent();
        assertThat(tokens.verify(personal.plainText())).isPresent();

        IssuedToken fresh = tokens.rotate(itself, robot.token().id(), Duration.ZERO);
        assertThat(tokens.verify(robot.plainText())).isEmpty();
        assertThat(tokens.verify(fresh.plainText())).isPresent();
    }

    @Test
    void badRequestsAreExplained() {
        Principal.Person person = world.person();
        TokenRequest request = TokenRequest.personal(person.id(), "x", Scopes.of("read"));

        assertThatThrownBy(() -> tokens.issue(person, request.withLife(Duration.ofDays(367))))
                .isInstanceOf(InvalidNameException.class)
                .hasMessage("A token lives up to 366 days.");
        assertThatThrownBy(() -> tokens.issue(person, request.withLife(Duration.ZERO)))
                .isInstanceOf(InvalidNameException.class);
        assertThatThrownBy(() -> TokenRequest.personal(person.id(), "\n", Scopes.of("read")))
                .isInstanceOf(InvalidNameException.class);
        assertThatThrownBy(() -> TokenRequest.robot("ci", Scopes.of("read"), Reach.everywhere()))
                .isInstanceOf(InvalidNameException.class);
        assertThatThrownBy(() -> Scopes.parse(List.of("raed"))).hasMessageContaining("There is no scope \"raed\"");
        assertThatThrownBy(() -> Scopes.parse(List.of())).isInstanceOf(InvalidNameException.class);
        assertThatThrownBy(() -> tokens.issue(
                        World.PLATFORM, TokenRequest.robot("ci", Scopes.of("read"), Reach.app(AppRef.of("no/where")))))
                .isInstanceOf(UnknownNameException.class);
    }

    @Test
    void useIsNotedButCoarsely() {
        Principal.Person person = world.person();
        String text = issue(person).plainText();
        assertThat(lastUse(person)).isEmpty();
        Instant first = clock.instant();
        tokens.verify(text);
        assertThat(lastUse(person)).contains(first);

        clock.pass(Duration.ofMinutes(9));
        tokens.verify(text);
        assertThat(lastUse(person)).contains(first);
        clock.pass(Duration.ofMinutes(2));
        tokens.verify(text);
        assertThat(lastUse(person)).contains(clock.instant());
    }

    private Optional<Instant> lastUse(Principal.Person person) {
        return tokens.list(person.id()).getFirst().lastUsedAt();
    }

    private IssuedToken issue(Principal.Person person) {
        return tokens.issue(person, TokenRequest.personal(person.id(), "laptop", Scopes.everything()));
    }

    private Principal use(TokenRequest request) {
        return tokens.verify(tokens.issue(World.PLATFORM, request).plainText()).orElseThrow();
    }
}
