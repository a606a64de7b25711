package dev.slipway.tenancy.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.tenancy.audit.AuditLog;
import dev.slipway.tenancy.audit.AuditOutcome;
import dev.slipway.tenancy.audit.AuditQuery;
import dev.slipway.tenancy.identity.PersonName;
import dev.slipway.tenancy.store.Sql;
import dev.slipway.tenancy.tenant.SignIn.Locked;
import dev.slipway.tenancy.tenant.SignIn.Refused;
import dev.slipway.tenancy.tenant.SignIn.SignedIn;
import dev.slipway.tenancy.trial.TrialClock;
import dev.slipway.tenancy.trial.TrialDatabase;
import dev.slipway.tenancy.trial.World;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TrialDatabase.class)
class PasswordDoorTest {
    private static final String WRONG = "wrong horse battery";

    @Inject
    World world;

    @Inject
    PasswordDoor door;

    @Inject
    Accounts accounts;

    @Inject
    AuditLog audit;

    @Inject
    Sql sql;

    @Inject
    TrialClock clock;

    @Test
    void theRightPasswordLetsInAndNothingElseSaysWhy() {
        Account account = world.account();
        String name = account.name().value();
        Account keyOnly =
                accounts.create(World.PLATFORM, PersonName.parse(account.name() + "-key"), Optional.empty(), false);

        assertThat(signIn(name, World.PASSWORD)).isEqualTo(new SignedIn(account.principal()));
        assertThat(signIn(name.toUpperCase(Locale.ROOT), World.PASSWORD)).isInstanceOf(SignedIn.class);
        assertThat(signIn(name, WRONG)).isEqualTo(signIn("nobody-at-all", WRONG));
        assertThat(signIn(keyOnly.name().value(), "")).isEqualTo(signIn("no such/name", World.PASSWORD));
        accounts.setDisabled(World.PLATFORM, account.id(), true);
        assertThat(signIn(name, World.PASSWORD)).isInstanceOf(Refused.class);
        assertThat(audit.search(AuditQuery.newest(1).withActor("person:" + name))
                        .entries()
                        .getFirst()
                        .outcome())
                .isEqualTo(AuditOutcome.DENIED);
    }

    @Test
    void failuresLockANameForTwiceAsLongEachTime() {
        String name = world.account().name().value();
        for (int attempt = 0; attempt < 5; attempt++) {
            assertThat(signIn(name, WRONG)).isInstanceOf(Refused.class);
        }
        for (long seconds : new long[] {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900}) {
            assertThat(signIn(name, World.PASSWORD))
                    .isInstanceOfSatisfying(
                            Locked.class, locked -> assertThat(locked.left()).isEqualTo(Duration.ofSeconds(seconds)));
            clock.pass(Duration.ofSeconds(seconds));
            assertThat(signIn(name, WRONG)).isInstanceOf(Refused.class);
        }
        clock.pass(Duration.ofMinutes(15));
        assertThat(signIn(name, World.PASSWORD)).isInstanceOf(SignedIn.class);
        assertThat(signIn(name, WRONG)).isInstanceOf(Refused.class);
        assertThat(signIn(name, World.PASSWORD)).isInstanceOf(SignedIn.class);
    }

    @Test
    void namesThatDoNotExistAreLockedAlike() {
        for (int attempt = 0; attempt < 5; attempt++) {
            assertThat(signIn("ghost", WRONG)).isInstanceOf(Refused.class);
        }
        assertThat(signIn("ghost", WRONG)).isInstanceOf(Locked.class);
    }

    @Test
    void anAddressThatTriesManyNamesIsLocked() {
        String address = "192.0.2.77";
        for (int attempt = 0; attempt < 50; attempt++) {
            assertThat(door.signIn("spray-" + attempt, WRONG, address)).isInstanceOf(Refused.class);
        }
        String name = world.account().name().value();
        assertThat(door.signIn(name, World.PASSWORD, address)).isInstanceOf(Locked.class);
        assertThat(door.signIn(name, World.PASSWORD, "192.0.2.78")).isInstanceOf(SignedIn.class);
    }

    @Test
    void guessesAtOnceAreNoMoreThanGuessesInARow() throws Exception {
        String name = world.account().name().value();
        try (ExecutorService threads = Executors.newFixedThreadPool(20)) {
            Callable<SignIn> guess = () -> signIn(name, WRONG);
            int looked = 0;
            for (Future<SignIn> answer : threads.invokeAll(Collections.nCopies(40, guess))) {
                looked += answer.get() instanceof Refused ? 1 : 0;
            }
            assertThat(looked).isEqualTo(5);
        }
    }

    @Test
    void anOldHashIsRenewedAtSignIn() {
        Account account = world.account();
        String old = PasswordHash.make(World.PASSWORD, 500, new SecureRandom());
        sql.update(
                "update person set password_hash = ? where id = ?",
                old,
                account.id().value());

        assertThat(signIn(account.name().value(), World.PASSWORD)).isInstanceOf(SignedIn.class);
        assertThat(sql.first(
                        "select password_hash from person where id = ?",
                        row -> row.text("password_hash"),
                        account.id().value()))
                .hasValueSatisfying(hash -> assertThat(hash).startsWith("pbkdf2-sha512$1000$"));
        assertThat(signIn(account.name().value(), World.PASSWORD)).isInstanceOf(SignedIn.class);
    }

    @Test
    void theFirstAdminIsMadeOnceAndOnlyInAnEmptyHouse() {
        world.account();
        assertThat(accounts.firstAdmin()).isEmpty();

        QuarkusTransaction.begin();
        try {
            sql.update("truncate person cascade");
            FirstAdmin admin = accounts.firstAdmin().orElseThrow();
            assertThat(admin.account().operator()).isTrue();
            assertThat(admin.toString()).doesNotContain(admin.password());
            assertThat(door.signIn("admin", admin.password(), "192.0.2.99"))
                    .isEqualTo(new SignedIn(admin.account().principal()));
            assertThat(accounts.firstAdmin()).isEmpty();
        } finally {
            QuarkusTransaction.rollback();
        }
    }

    @Test
    void aHashIsSaltedAndForeignOnesMatchNothing() {
        SecureRandom random = new SecureRandom();
        String hash = PasswordHash.make("päss wörd", 10, random);

        assertThat(PasswordHash.make("päss wörd", 10, random)).isNotEqualTo(hash);
        assertThat(PasswordHash.matches("päss wörd", hash)).isTrue();
        assertThat(PasswordHash.matches("pass word", hash)).isFalse();
        for (String foreign : List.of("", "$$$", "plain", "pbkdf2-sha1$10$AAAA$AAAA", "a$b$c$d")) {
            assertThat(PasswordHash.matches("", foreign)).isFalse();
        }
    }

    private SignIn signIn(String name, String password) {
        return door.signIn(name, password, "192.0.2." + (name.hashCode() & 0x3f));
    }
}
