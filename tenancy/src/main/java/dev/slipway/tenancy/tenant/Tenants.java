package dev.slipway.tenancy.tenant;

import dev.slipway.tenancy.access.Authorizer;
import dev.slipway.tenancy.access.Permission;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.access.Role;
import dev.slipway.tenancy.access.Subject;
import dev.slipway.tenancy.audit.AuditEntry;
import dev.slipway.tenancy.audit.AuditField;
import dev.slipway.tenancy.audit.AuditLog;
import dev.slipway.tenancy.audit.AuditSubject;
import dev.slipway.tenancy.identity.InvalidNameException;
import dev.slipway.tenancy.identity.NameTakenException;
import dev.slipway.tenancy.identity.NotPossibleException;
import dev.slipway.tenancy.identity.PersonName;
import dev.slipway.tenancy.identity.TenantId;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.tenancy.identity.UnknownNameException;
import dev.slipway.tenancy.identity.UserId;
import dev.slipway.tenancy.quota.QuotaLedger;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hibernate.exception.ConstraintViolationException;

/** The tenants there are and who is in them. Changes ask the {@link Authorizer}; reads do not. */
@ApplicationScoped
public class Tenants {
    /** First parts of paths and repositories that are the platform's own. */
    private static final Set<String> RESERVED = Set.of("slipway", "api", "v2", "q", "admin", "operator");

    private final TenantRows rows;
    private final Memberships memberships;
    private final PersonRows people;
    private final QuotaLedger quota;
    private final Authorizer authorizer;
    private final AuditLog audit;
    private final InstantSource clock;

    Tenants(
            TenantRows rows,
            Memberships memberships,
            PersonRows people,
            QuotaLedger quota,
            Authorizer authorizer,
            AuditLog audit,
            InstantSource clock) {
        this.rows = rows;
        this.memberships = memberships;
        this.people = people;
        this.quota = quota;
        this.authorizer = authorizer;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Creates a tenant with an open ledger; a person who does it becomes its first owner.
     *
     * @throws dev.slipway.tenancy.access.DeniedException unless the actor is an operator
     * @throws NameTakenException if there is one of that name
     * @throws InvalidNameException if the name is kept for the platform
     */
    @Transactional
    public Tenant create(Principal actor, TenantName name) {
        authorizer.require(actor, Permission.PLATFORM_OPERATE, Subject.platform());
        if (RESERVED.contains(name.value())) {
            throw new InvalidNameException(
                    "tenant name", name.value(), "The name " + name + " is kept for the platform: choose another.");
        }
        if (rows.named(name.value()).isPresent()) {
            throw taken(name);
        }
        TenantEntity row = new TenantEntity();
        row.id = TenantId.random().value();
        row.name = name.value();
        row.createdAt = now();
        row.createdBy = actor.label();
        try {
            rows.persistAndFlush(row);
        } catch (ConstraintViolationException e) {
            throw taken(name);
        }
        Tenant tenant = tenant(row);
        quota.open(tenant.id());
        if (actor instanceof Principal.Person person) {
            memberships.put(tenant.id(), person.id(), Role.OWNER, Member.LOCAL, now());
        }
        audit.append(AuditEntry.done(actor.label(), "tenant.create", AuditSubject.tenant(name), Map.of()));
        return tenant;
    }

    /** The tenant of that name. */
    @Transactional
    public Optional<Tenant> find(TenantName name) {
        return rows.named(name.value()).map(Tenants::tenant);
    }

    /** The tenant with the id. */
    @Transactional
    public Optional<Tenant> byId(TenantId id) {
        return rows.findByIdOptional(id.value()).map(Tenants::tenant);
    }

    /** All tenants, by name. */
    @Transactional
    public List<Tenant> list() {
        return rows.list("order by name").stream().map(Tenants::tenant).toList();
    }

    /** The tenants a person is a member of, with the role there. */
    public List<Member> of(UserId person) {
        return memberships.of(person);
    }

    /** The tenants in which a person holds any role, be it on one app, by name. */
    public List<TenantName> visibleTo(UserId person) {
        return memberships.visibleTo(person);
    }

    /** The members of a tenant, by name; none if there is no such tenant. */
    @Transactional
    public List<Member> members(TenantName name) {
        return find(name).map(tenant -> memberships.of(tenant.id())).orElse(List.of());
    }

    /**
     * Makes a person a member, or gives a member another role.
     *
     * @throws dev.slipway.tenancy.access.DeniedException if the actor may not
     * @throws UnknownNameException if there is no such person
     * @throws NotPossibleException if the tenant would be left without an owner
     */
    @Transactional
    public void addMember(Principal actor, TenantName name, PersonName person, Role role) {
        Tenant tenant = changeable(actor, name);
        if (!role.ofMembers()) {
            throw new InvalidNameException("role", role.text(), "A member's role is one of owner, developer, viewer.");
        }
        UserId id = person(person);
        if (role != Role.OWNER) {
            refuseLastOwner(tenant, id);
        }
        memberships.put(tenant.id(), id, role, Member.LOCAL, now());
        record(actor, "member.add", name, Map.of(AuditField.MEMBER, person.value(), AuditField.ROLE, role.text()));
    }

    /**
     * Ends a membership, and with it all roles beside it; nothing happens if there is none.
     *
     * @throws dev.slipway.tenancy.access.DeniedException if the actor may not
     * @throws NotPossibleException if the tenant would be left without an owner, or groups of the company give the role
     */
    @Transactional
    public void removeMember(Principal actor, TenantName name, PersonName person) {
        Tenant tenant = changeable(actor, name);
        UserId id = person(person);
        refuseLastOwner(tenant, id);
        memberships.removeGrants(tenant.id(), id);
        if (!memberships.remove(tenant.id(), id, Member.LOCAL)
                && memberships.role(tenant.id(), id).isPresent()) {
            throw new NotPossibleException(
                    "member",
                    person.value(),
                    person + " is here by a group of the company's: take them out of it there.");
        }
        record(actor, "member.remove", name, Map.of(AuditField.MEMBER, person.value()));
    }

    private Tenant changeable(Principal actor, TenantName name) {
        authorizer.require(actor, Permission.TENANT_MEMBERS, Subject.of(name));
        Tenant tenant = find(name)
                .orElseThrow(() -> new UnknownNameException(
                        "tenant", name.value(), Subject.of(name).unknown()));
        memberships.lock(tenant.id());
        return tenant;
    }

    private void refuseLastOwner(Tenant tenant, UserId person) {
        boolean owner =
                memberships.role(tenant.id(), person).filter(Role.OWNER::equals).isPresent();
        if (owner && memberships.owners(tenant.id()) == 1) {
            throw new NotPossibleException(
                    "member",
                    person.toString(),
                    "The last owner of " + tenant.name() + " has to stay: add another first.");
        }
    }

    private UserId person(PersonName name) {
        return people.named(name.value()).map(row -> new UserId(row.id)).orElseThrow(() -> noPerson(name));
    }

    static UnknownNameException noPerson(PersonName name) {
        return new UnknownNameException(
                "person", name.value(), "There is no person " + name + ": an operator can create the account.");
    }

    private void record(Principal actor, String action, TenantName name, Map<AuditField, String> details) {
        audit.append(AuditEntry.done(actor.label(), action, AuditSubject.tenant(name), details));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static NameTakenException taken(TenantName name) {
        return new NameTakenException(
                "tenant", name.value(), "There is a tenant " + name + " already: choose another name.");
    }

    static Tenant tenant(TenantEntity row) {
        return new Tenant(new TenantId(row.id), TenantName.of(row.name), row.createdAt);
    }
}
