package dev.slipway.tenancy.tenant;

import dev.slipway.tenancy.access.Authorizer;
import dev.slipway.tenancy.access.Permission;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.access.Subject;
import dev.slipway.tenancy.audit.AuditEntry;
import dev.slipway.tenancy.audit.AuditField;
import dev.slipway.tenancy.audit.AuditLog;
import dev.slipway.tenancy.audit.AuditSubject;
import dev.slipway.tenancy.identity.NameTakenException;
import dev.slipway.tenancy.identity.NotPossibleException;
import dev.slipway.tenancy.identity.SshKeyId;
import dev.slipway.tenancy.identity.UnknownNameException;
import dev.slipway.tenancy.identity.UserId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.exception.ConstraintViolationException;

/** The public keys people sign in with over ssh; a key belongs to one person in an installation. */
@ApplicationScoped
public class SshKeys {
    private static final int MOST = 50;

    private final SshKeyRows rows;
    private final PersonRows people;
    private final Authorizer authorizer;
    private final AuditLog audit;
    private final InstantSource clock;

    SshKeys(SshKeyRows rows, PersonRows people, Authorizer authorizer, AuditLog audit, InstantSource clock) {
        this.rows = rows;
        this.people = people;
        this.authorizer = authorizer;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Adds a key to a person: the actor's own, or by an operator.
     *
     * @param line as in {@code authorized_keys} or a {@code .pub} file
     * @throws dev.slipway.tenancy.identity.InvalidNameException if the line is not a key we take
     * @throws NameTakenException if the key is known already
     */
    @Transactional
    public SshKey add(Principal actor, UserId person, String line) {
        authorizer.require(actor, Permission.ACCOUNT_WRITE, Subject.of(person));
        AuthorizedKey key = AuthorizedKey.parse(line);
        String name = name(person);
        if (rows.count("personId", person.value()) >= MOST) {
            throw new NotPossibleException("ssh key", "", "A person has at most " + MOST + " keys: remove one first.");
        }
        if (rows.count("fingerprint", key.fingerprint()) > 0) {
            throw taken(key);
        }
        SshKeyEntity row = new SshKeyEntity();
        row.id = SshKeyId.random().value();
        row.personId = person.value();
        row.fingerprint = key.fingerprint();
        row.kind = key.kind();
        row.publicKey = key.blob();
        row.comment = key.comment();
        row.createdAt = clock.instant().truncatedTo(ChronoUnit.MICROS);
        try {
            rows.persistAndFlush(row);
        } catch (ConstraintViolationException e) {
            throw taken(key);
        }
        record(actor, "key.add", name, row.fingerprint);
        return key(row);
    }

    /**
     * Removes a key; it opens nothing from now on.
     *
     * @throws UnknownNameException if there is no such key, or it is not the actor's to remove
     */
    @Transactional
    public void remove(Principal actor, SshKeyId id) {
        SshKeyEntity row = rows.findByIdOptional(id.value()).orElseThrow(() -> unknown(id));
        UserId person = new UserId(row.personId);
        if (!authorizer
                .attempt(actor, Permission.ACCOUNT_WRITE, Subject.of(person))
                .allowed()) {
            throw unknown(id);
        }
        rows.delete(row);
        rows.flush();
        record(actor, "key.remove", name(person), row.fingerprint);
    }

    /** A person's keys, oldest first. */
    @Transactional
    public List<SshKey> list(UserId person) {
        return rows.list("personId = ?1 order by createdAt, id", person.value()).stream()
                .map(SshKeys::key)
                .toList();
    }

    /** Who has the key; empty for unknown keys and disabled people. */
    @Transactional
    public Optional<Principal.Person> personByFingerprint(String fingerprint) {
        return rows.find("fingerprint", fingerprint)
                .<SshKeyEntity>firstResultOptional()
                .flatMap(row -> people.findByIdOptional(row.personId))
                .filter(person -> !person.disabled)
                .map(person -> Accounts.account(person).principal());
    }

    private String name(UserId person) {
        return people.findByIdOptional(person.value())
                .map(row -> row.name)
                .orElseThrow(() -> new UnknownNameException(
                        "person", person.toString(), Subject.of(person).unknown()));
    }

    private void record(Principal actor, String action, String person, String fingerprint) {
        audit.append(AuditEntry.done(
                actor.label(), action, AuditSubject.account(person), Map.of(AuditField.FINGERPRINT, fingerprint)));
    }

    private static NameTakenException taken(AuthorizedKey key) {
        return new NameTakenException(
                "ssh key", key.fingerprint(), "The key " + key.fingerprint() + " belongs to an account already.");
    }

    private static UnknownNameException unknown(SshKeyId id) {
        return new UnknownNameException("ssh key", id.toString(), "You have no ssh key " + id + ".");
    }

    private static SshKey key(SshKeyEntity row) {
        return new SshKey(
                new SshKeyId(row.id), new UserId(row.personId), row.fingerprint, row.kind, row.comment, row.createdAt);
    }
}
