package dev.slipway.tenancy.tenant;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.tenancy.access.Role;
import dev.slipway.tenancy.audit.AuditEntry;
import dev.slipway.tenancy.audit.AuditField;
import dev.slipway.tenancy.audit.AuditLog;
import dev.slipway.tenancy.audit.AuditOutcome;
import dev.slipway.tenancy.audit.AuditSubject;
import dev.slipway.tenancy.group.GroupRules;
import dev.slipway.tenancy.identity.InvalidNameException;
import dev.slipway.tenancy.identity.PersonName;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.tenancy.identity.UserId;
import dev.slipway.tenancy.store.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The people of a company's identity providers: an account for each, and the roles that their groups give, kept beside
 * those that tenants give themselves (decision 0055). An account that was here before is never handed to somebody of the
 * same name.
 */
@ApplicationScoped
public class CompanyAccounts {
    private final Sql sql;
    private final Accounts accounts;
    private final PersonRows people;
    private final TenantRows tenants;
    private final Memberships memberships;
    private final AuditLog audit;
    private final InstantSource clock;

    CompanyAccounts(
            Sql sql,
            Accounts accounts,
            PersonRows people,
            TenantRows tenants,
            Memberships memberships,
            AuditLog audit,
            InstantSource clock) {
        this.sql = sql;
        this.accounts = accounts;
        this.people = people;
        this.tenants = tenants;
        this.memberships = memberships;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Lets a person in whom an issuer has just vouched for: makes the account at the first time, and brings roles in step.
     *
     * @return the account; disabled if an operator disabled it
     */
    @Transactional
    public Account arrive(CompanyIdentity identity) {
        Account account = known(identity.issuer(), identity.subject()).orElseGet(() -> welcome(identity));
        keep(identity.issuer(), account.id(), identity.held(), true);
        sql.update(
                "update person_link set seen_at = ? where issuer = ? and subject = ?",
                now(),
                identity.issuer(),
                identity.subject());
        Account fresh = accounts.byId(account.id()).orElseThrow();
        audit.append(new AuditEntry(
                fresh.principal().label(),
                "account.sign-in",
                AuditSubject.account(fresh.name().value()),
                fresh.disabled() ? AuditOutcome.DENIED : AuditOutcome.DONE,
                Map.of(AuditField.ISSUER, identity.issuer(), AuditField.REASON, "identity provider")));
        return fresh;
    }

    /**
     * Makes an account for a person whom the issuer tells of before they come, or opens the one they had, and brings roles in step.
     * Nobody has signed in by that.
     */
    @Transactional
    public void provide(CompanyIdentity identity) {
        Account account = known(identity.issuer(), identity.subject()).orElseGet(() -> welcome(identity));
        keep(identity.issuer(), account.id(), identity.held(), true);
    }

    /** The account of an issuer's person, if they have ever come. */
    @Transactional
    public Optional<Account> known(String issuer, String subject) {
        return sql.first(
                        "select person_id from person_link where issuer = ? and subject = ?",
                        row -> new UserId(row.uuid("person_id")),
                        issuer,
                        subject)
                .flatMap(accounts::byId);
    }

    /** Brings the roles of a known person in step with what the issuer says now; others are left alone. */
    @Transactional
    public void keep(String issuer, String subject, GroupRules.Held held) {
        known(issuer, subject).ifPresent(account -> keep(issuer, account.id(), held, true));
    }

    /**
     * The issuer has disabled or removed the person: they lose all that came from there and, unless they also have a
     * password here, every door.
     */
    @Transactional
    public void gone(String issuer, String subject) {
        known(issuer, subject).ifPresent(account -> {
            keep(issuer, account.id(), GroupRules.Held.nothing(), false);
            sql.update("delete from company_session where issuer = ? and subject = ?", issuer, subject);
        });
    }

    /** The subjects of an issuer that have come at least once. */
    public List<String> subjects(String issuer) {
        return sql.query(
                "select subject from person_link where issuer = ? order by subject",
                row -> row.text("subject"),
                issuer);
    }

    private Account welcome(CompanyIdentity identity) {
        Account account = accounts.add("issuer:" + identity.issuer(), freeName(identity));
        sql.update(
                "insert into person_link (issuer, subject, person_id, created_at, seen_at) values (?, ?, ?, ?, ?)",
                identity.issuer(),
                identity.subject(),
                account.id().value(),
                now(),
                now());
        return account;
    }

    /** The wished name, or with a mark of the subject if somebody else has it or it cannot be a name. */
    private PersonName freeName(CompanyIdentity identity) {
        String mark = mark(identity);
        Optional<PersonName> wished = name(identity.name());
        if (wished.isPresent() && people.named(wished.get().value()).isEmpty()) {
            return wished.get();
        }
        return wished.flatMap(some -> name(some.value() + "-" + mark))
                .orElseGet(() -> new PersonName("person-" + mark));
    }

    private static Optional<PersonName> name(String text) {
        try {
            return Optional.of(PersonName.parse(text.strip().toLowerCase(Locale.ROOT)));
        } catch (InvalidNameException e) {
            return Optional.empty();
        }
    }

    private static String mark(CompanyIdentity identity) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((identity.issuer() + "\n" + identity.subject()).getBytes(UTF_8));
            return HexFormat.of().formatHex(hash, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private void keep(String issuer, UserId id, GroupRules.Held held, boolean there) {
        PersonEntity person = people.findByIdOptional(id.value()).orElseThrow();
        String actor = "issuer:" + issuer;
        if (there && person.disabled && issuer.equals(person.disabledSource)) {
            person.disabled = false;
            person.disabledSource = null;
            account(actor, "account.enable", person.name, Map.of(AuditField.ISSUER, issuer));
        }
        if (!there && !person.disabled && person.passwordHash == null) {
            person.disabled = true;
            person.disabledSource = issuer;
            account(actor, "account.disable", person.name, Map.of(AuditField.ISSUER, issuer));
        }
        operator(issuer, person, held.operator());
        people.flush();
        roles(issuer, person, held.roles());
    }

    private void operator(String issuer, PersonEntity person, boolean operator) {
        boolean takes = !operator && person.operator && issuer.equals(person.operatorSource);
        if (takes || (operator && !person.operator)) {
            person.operator = operator;
            person.operatorSource = operator ? issuer : null;
            account(
                    "issuer:" + issuer,
                    "account.operator",
                    person.name,
                    Map.of(AuditField.TO, Boolean.toString(operator), AuditField.ISSUER, issuer));
        }
    }

    private void roles(String issuer, PersonEntity person, Map<TenantName, Role> wanted) {
        UserId id = new UserId(person.id);
        Map<TenantName, Role> had = memberships.by(id, issuer);
        TreeSet<TenantName> all = new TreeSet<>((a, b) -> a.value().compareTo(b.value()));
        all.addAll(had.keySet());
        all.addAll(wanted.keySet());
        for (TenantName name : all) {
            Role role = wanted.get(name);
            if (role == had.get(name)) {
                continue;
            }
            tenants.named(name.value()).ifPresent(row -> {
                Tenant tenant = Tenants.tenant(row);
                memberships.lock(tenant.id());
                if (role == null) {
                    memberships.remove(tenant.id(), id, issuer);
                    revokeTokens(tenant, id);
                    member(issuer, "member.remove", name, Map.of(AuditField.MEMBER, person.name));
                } else {
                    memberships.put(tenant.id(), id, role, issuer, now());
                    member(
                            issuer,
                            "member.add",
                            name,
                            Map.of(AuditField.MEMBER, person.name, AuditField.ROLE, role.text()));
                }
            });
        }
    }

    /** Tokens for a tenant end with the last role there; those for everywhere open it no more by themselves. */
    private void revokeTokens(Tenant tenant, UserId person) {
        if (memberships.role(tenant.id(), person).isEmpty()) {
            sql.update(
                    "update access_token set revoked_at = ? where person_id = ? and tenant_id = ? and revoked_at is null",
                    now(),
                    person.value(),
                    tenant.id().value());
        }
    }

    private void member(String issuer, String action, TenantName tenant, Map<AuditField, String> details) {
        audit.append(AuditEntry.done("issuer:" + issuer, action, AuditSubject.tenant(tenant), details));
    }

    private void account(String actor, String action, String person, Map<AuditField, String> details) {
        audit.append(AuditEntry.done(actor, action, AuditSubject.account(person), details));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
