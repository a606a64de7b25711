package dev.slipway.tenancy.tenant;

import dev.slipway.tenancy.access.Authorizer;
import dev.slipway.tenancy.access.Permission;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.access.Subject;
import dev.slipway.tenancy.audit.AuditEntry;
import dev.slipway.tenancy.audit.AuditField;
import dev.slipway.tenancy.audit.AuditLog;
import dev.slipway.tenancy.audit.AuditSubject;
import dev.slipway.tenancy.identity.InvalidNameException;
import dev.slipway.tenancy.identity.NameTakenException;
import dev.slipway.tenancy.identity.NotPossibleException;
import dev.slipway.tenancy.identity.PersonName;
import dev.slipway.tenancy.identity.UnknownNameException;
import dev.slipway.tenancy.identity.UserId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.exception.ConstraintViolationException;

/** The people with an account and their passwords. {@link PasswordDoor} lets them in. */
@ApplicationScoped
public class Accounts {
    private static final int LONGEST_PASSWORD = 1_000;
    private static final PersonName ADMIN = new PersonName("admin");

    private final PersonRows rows;
    private final AccountSettings settings;
    private final Authorizer authorizer;
    private final AuditLog audit;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    Accounts(PersonRows rows, AccountSettings settings, Authorizer authorizer, AuditLog audit, InstantSource clock) {
        this.rows = rows;
        this.settings = settings;
        this.authorizer = authorizer;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Creates a person.
     *
     * @param password plain text, or empty for people who sign in by an identity provider or by key only
     * @throws dev.slipway.tenancy.access.DeniedException unless the actor is an operator
     * @throws NameTakenException if the name is taken
     * @throws InvalidNameException if the password is too short or too long
     */
    @Transactional
    public Account create(Principal actor, PersonName name, Optional<String> password, boolean operator) {
        authorizer.require(actor, Permission.PLATFORM_OPERATE, Subject.platform());
        return add(actor.label(), name, password, operator);
    }

    /**
     * Creates the operator {@code admin} with a random password if nobody has an account yet; empty if somebody has,
     * also if another process was first.
     */
    @Transactional
    public Optional<FirstAdmin> firstAdmin() {
        rows.getEntityManager()
                .createNativeQuery("lock table person in share row exclusive mode")
                .executeUpdate();
        if (rows.count() > 0) {
            return Optional.empty();
        }
        byte[] bytes = new byte[15];
        random.nextBytes(bytes);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Principal platform = new Principal.PlatformProcess("first-start");
        return Optional.of(new FirstAdmin(add(platform.label(), ADMIN, Optional.of(password), true), password));
    }

    /** The person of that name. */
    @Transactional
    public Optional<Account> find(PersonName name) {
        return rows.named(name.value()).map(Accounts::account);
    }

    /** The person with the id. */
    @Transactional
    public Optional<Account> byId(UserId id) {
        return rows.findByIdOptional(id.value()).map(Accounts::account);
    }

    /** Everybody, by name. */
    @Transactional
    public List<Account> list() {
        return rows.list("order by name").stream().map(Accounts::account).toList();
    }

    /**
     * Gives a person a new password: their own, or by an operator.
     *
     * @throws dev.slipway.tenancy.access.DeniedException if the actor may not
     */
    @Transactional
    public void setPassword(Principal actor, UserId id, String password) {
        authorizer.require(actor, Permission.ACCOUNT_WRITE, Subject.of(id));
        PersonEntity row = row(id);
        row.passwordHash = hash(password);
        rows.flush();
        record(actor.label(), "account.password", row.name, Map.of());
    }

    /**
     * Disables a person, who thereby loses every door at once, tokens and keys included; or enables them again.
     *
     * @throws NotPossibleException if no operator would be left
     */
    @Transactional
    public void setDisabled(Principal actor, UserId id, boolean disabled) {
        authorizer.require(actor, Permission.PLATFORM_OPERATE, Subject.platform());
        if (disabled) {
            refuseLastOperator(id);
        }
        PersonEntity row = row(id);
        row.disabled = disabled;
        row.disabledSource = null;
        rows.flush();
        record(actor.label(), disabled ? "account.disable" : "account.enable", row.name, Map.of());
    }

    /**
     * Makes a person a platform operator, or takes that away.
     *
     * @throws NotPossibleException if no operator would be left
     */
    @Transactional
    public void setOperator(Principal actor, UserId id, boolean operator) {
        authorizer.require(actor, Permission.PLATFORM_OPERATE, Subject.platform());
        if (!operator) {
            refuseLastOperator(id);
        }
        PersonEntity row = row(id);
        row.operator = operator;
        row.operatorSource = null;
        rows.flush();
        record(actor.label(), "account.operator", row.name, Map.of(AuditField.TO, Boolean.toString(operator)));
    }

    /** Makes a person who has no password here; the caller has asked whether that may be. */
    Account add(String actor, PersonName name) {
        return add(actor, name, Optional.empty(), false);
    }

    private Account add(String actor, PersonName name, Optional<String> password, boolean operator) {
        PersonEntity row = new PersonEntity();
        row.id = UserId.random().value();
        row.name = name.value();
        row.passwordHash = password.map(this::hash).orElse(null);
        row.operator = operator;
        row.createdAt = clock.instant().truncatedTo(ChronoUnit.MICROS);
        if (rows.named(name.value()).isPresent()) {
            throw taken(name);
        }
        try {
            rows.persistAndFlush(row);
        } catch (ConstraintViolationException e) {
            throw taken(name);
        }
        record(actor, "account.create", row.name, Map.of(AuditField.ROLE, operator ? "operator" : "none"));
        return account(row);
    }

    private String hash(String password) {
        int shortest = settings.passwordShortest();
        if (password.length() < shortest || password.length() > LONGEST_PASSWORD) {
            throw new InvalidNameException(
                    "password",
                    "",
                    "A password has " + shortest + " to " + LONGEST_PASSWORD + " characters; this one has "
                            + password.length() + ".");
        }
        return PasswordHash.make(password, settings.passwordIterations(), random);
    }

    private void refuseLastOperator(UserId id) {
        List<PersonEntity> operators = rows.lockOperators();
        if (operators.size() == 1 && operators.getFirst().id.equals(id.value())) {
            throw new NotPossibleException(
                    "person",
                    operators.getFirst().name,
                    "The last operator has to stay: make another person one first.");
        }
    }

    private PersonEntity row(UserId id) {
        return rows.findByIdOptional(id.value())
                .orElseThrow(() -> new UnknownNameException(
                        "person", id.toString(), Subject.of(id).unknown()));
    }

    private void record(String actor, String action, String person, Map<AuditField, String> details) {
        audit.append(AuditEntry.done(actor, action, AuditSubject.account(person), details));
    }

    private static NameTakenException taken(PersonName name) {
        return new NameTakenException("person", name.value(), "There is a person " + name + " already.");
    }

    static Account account(PersonEntity row) {
        return new Account(
                new UserId(row.id),
                new PersonName(row.name),
                row.operator,
                row.disabled,
                row.passwordHash != null,
                row.createdAt);
    }
}
