package dev.slipway.tenancy.tenant;

import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.audit.AuditEntry;
import dev.slipway.tenancy.audit.AuditField;
import dev.slipway.tenancy.audit.AuditLog;
import dev.slipway.tenancy.audit.AuditOutcome;
import dev.slipway.tenancy.audit.AuditSubject;
import dev.slipway.tenancy.identity.InvalidNameException;
import dev.slipway.tenancy.identity.PersonName;
import dev.slipway.tenancy.identity.UserId;
import dev.slipway.tenancy.store.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Lets people in by password. Slow on purpose, holds no connection meanwhile, and takes as long for a name that does
 * not exist as for a wrong password; after some failures the name, or the address, waits twice as long each time.
 */
@ApplicationScoped
public class PasswordDoor {
    private static final int LONGEST = 1_000;
    private static final String WRONG = "The name or the password is wrong.";

    private record Stored(
            UUID id,
            String name,
            boolean operator,
            boolean disabled,
            @Nullable String hash) {}

    private final Sql sql;
    private final SignInGuard guard;
    private final FailedSignIns addresses;
    private final AccountSettings settings;
    private final AuditLog audit;
    private final SecureRandom random = new SecureRandom();
    private final String nobody;

    PasswordDoor(Sql sql, SignInGuard guard, FailedSignIns addresses, AccountSettings settings, AuditLog audit) {
        this.sql = sql;
        this.guard = guard;
        this.addresses = addresses;
        this.settings = settings;
        this.audit = audit;
        this.nobody = PasswordHash.make("nobody has this one", settings.passwordIterations(), random);
    }

    /**
     * Tries a password.
     *
     * @param address where the attempt comes from, for the count by address
     */
    public SignIn signIn(String name, String password, String address) {
        String known = normal(name);
        Optional<Duration> wait = addresses.begin(address);
        if (wait.isEmpty()) {
            wait = guard.begin(known);
            if (wait.isPresent()) {
                addresses.takeBack(address);
            }
        }
        if (wait.isPresent()) {
            record(known, address, AuditOutcome.DENIED, "locked");
            long seconds = Math.max(1, wait.get().toSeconds());
            return new SignIn.Locked(
                    wait.get(), "There were too many wrong passwords: try again in " + seconds + " s.");
        }
        Optional<Stored> stored = stored(known);
        String hash = stored.flatMap(row -> Optional.ofNullable(row.hash())).orElse(nobody);
        boolean right = password.length() <= LONGEST && PasswordHash.matches(password, hash);
        if (!right
                || stored.isEmpty()
                || stored.get().disabled()
                || stored.get().hash() == null) {
            record(known, address, AuditOutcome.DENIED, "wrong name or password, or disabled");
            return new SignIn.Refused(WRONG);
        }
        guard.succeeded(known);
        addresses.takeBack(address);
        Stored row = stored.get();
        if (PasswordHash.outdated(hash, settings.passwordIterations())) {
            String fresh = PasswordHash.make(password, settings.passwordIterations(), random);
            sql.update("update person set password_hash = ? where id = ? and password_hash = ?", fresh, row.id(), hash);
        }
        record(known, address, AuditOutcome.DONE, "password");
        return new SignIn.SignedIn(new Principal.Person(new UserId(row.id()), row.name(), row.operator()));
    }

    private Optional<Stored> stored(String name) {
        return sql.first(
                "select id, name, operator, disabled, password_hash from person where name = ?",
                row -> new Stored(
                        row.uuid("id"),
                        row.text("name"),
                        row.flag("operator"),
                        row.flag("disabled"),
                        row.maybeText("password_hash").orElse(null)),
                name);
    }

    private void record(String name, String address, AuditOutcome outcome, String reason) {
        audit.appendNow(new AuditEntry(
                "person:" + name,
                "account.sign-in",
                AuditSubject.account(name),
                outcome,
                Map.of(AuditField.ADDRESS, address, AuditField.REASON, reason)));
    }

    /** All that cannot be a name counts as one name that nobody has. */
    private static String normal(String name) {
        try {
            return PersonName.parse(name).value();
        } catch (InvalidNameException e) {
            return "?";
        }
    }
}
