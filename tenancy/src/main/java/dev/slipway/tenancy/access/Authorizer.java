package dev.slipway.tenancy.access;

import dev.slipway.tenancy.access.Decision.Allowed;
import dev.slipway.tenancy.access.Decision.Denied;
import dev.slipway.tenancy.access.Principal.Person;
import dev.slipway.tenancy.access.Principal.PlatformProcess;
import dev.slipway.tenancy.access.Principal.Robot;
import dev.slipway.tenancy.audit.AuditEntry;
import dev.slipway.tenancy.audit.AuditField;
import dev.slipway.tenancy.audit.AuditLog;
import dev.slipway.tenancy.audit.AuditOutcome;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.TenantName;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The one place that says who may do what: denies unless the table in {@link Role} allows, and reads memberships,
 * accounts and tokens afresh each time, so that what is taken away is gone at the next door (decision 0050).
 */
@ApplicationScoped
public class Authorizer {
    private static final Allowed ALLOWED = new Allowed();

    private final Standings standings;
    private final AuditLog audit;

    Authorizer(Standings standings, AuditLog audit) {
        this.standings = standings;
        this.audit = audit;
    }

    /** Asks without trying, for example to choose what to show; a denial leaves no trace. */
    public Decision decide(Principal principal, Permission permission, Subject subject) {
        return switch (principal) {
            case PlatformProcess process -> ALLOWED;
            case Person person -> decide(person, permission, subject, standings.read(principal, subject));
            case Robot robot -> decide(robot, permission, subject, standings.read(principal, subject));
        };
    }

    /**
     * Asks for many apps that are there, reading the standing once for each tenant, and once in all for an operator; a denial
     * leaves no trace.
     */
    public <T> List<T> allowed(Principal principal, Permission permission, List<T> all, Function<T, AppRef> ref) {
        Map<TenantName, Standing> known = new HashMap<>();
        Optional<Standing> operator = Optional.empty();
        List<T> allowed = new ArrayList<>();
        for (T each : all) {
            AppRef app = ref.apply(each);
            Standing standing = operator.orElseGet(
                    () -> known.computeIfAbsent(app.tenant(), some -> standings.read(principal, Subject.of(app))));
            if (standing.operator()) {
                operator = Optional.of(standing);
            }
            Decision decision = switch (principal) {
                case PlatformProcess process -> ALLOWED;
                case Person person -> decide(person, permission, Subject.of(app), standing.withApp());
                case Robot robot -> decide(robot, permission, Subject.of(app), standing.withApp());
            };
            if (decision.allowed()) {
                allowed.add(each);
            }
        }
        return allowed;
    }

    /** Asks at a door: a denial is audited, also if the caller's transaction is rolled back. */
    public Decision attempt(Principal principal, Permission permission, Subject subject) {
        Decision decision = decide(principal, permission, subject);
        if (decision instanceof Denied denied) {
            audit.appendNow(new AuditEntry(
                    principal.label(),
                    "access." + permission.text(),
                    subject.audited(),
                    AuditOutcome.DENIED,
                    Map.of(AuditField.PERMISSION, permission.text(), AuditField.REASON, denied.reason())));
        }
        return decision;
    }

    /**
     * Goes through a door.
     *
     * @throws DeniedException if it stays shut; the denial is audited
     */
    public void require(Principal principal, Permission permission, Subject subject) {
        if (attempt(principal, permission, subject) instanceof Denied denied) {
            throw new DeniedException(permission, subject, denied);
        }
    }

    private static Decision decide(Person person, Permission permission, Subject subject, Standing standing) {
        if (!standing.account()) {
            return new Denied("The account " + person.name() + " is disabled.", true);
        }
        Optional<Denied> barred = barred(person, permission, subject, standing);
        if (barred.isPresent()) {
            return barred.get();
        }
        boolean own = subject instanceof Subject.OfPerson of && of.person().equals(person.id());
        Optional<Role> role =
                standing.operator() ? Optional.of(Role.OPERATOR) : own ? Optional.of(Role.SELF) : standing.role();
        List<Given> given =
                standing.given().stream().filter(some -> some.covers(subject)).toList();
        if (role.isEmpty() && given.isEmpty()) {
            boolean platform = subject instanceof Subject.OfPlatform;
            return new Denied(
                    person.name() + (platform ? " is no operator: " + subject.unknown() : " is no member."), platform);
        }
        Set<Permission> held = EnumSet.noneOf(Permission.class);
        role.ifPresent(some -> held.addAll(some.permissions()));
        given.forEach(some -> held.addAll(some.permissions()));
        String names = Stream.concat(
                        role.map(Role::text).stream(), given.stream().map(Given::role))
                .distinct()
                .collect(Collectors.joining(" and "));
        return decide(person, names, held, permission);
    }

    private static Decision decide(Robot robot, Permission permission, Subject subject, Standing standing) {
        return barred(robot, permission, subject, standing)
                .<Decision>map(denied -> denied)
                .orElseGet(() -> decide(robot, Role.ROBOT.text(), Role.ROBOT.permissions(), permission));
    }

    /** What bars the way before any role is looked at: the token, its reach, and subjects that do not exist. */
    private static Optional<Denied> barred(
            Principal principal, Permission permission, Subject subject, Standing standing) {
        if (!standing.token()) {
            return Optional.of(new Denied("The token is expired or revoked: ask for a new one.", true));
        }
        if (principal.pass().isPresent() && !principal.pass().get().reach().covers(subject)) {
            return Optional.of(
                    new Denied("The token reaches " + principal.pass().get().reach() + " only.", false));
        }
        return switch (subject) {
            case Subject.OfTenant of when !standing.tenant() -> Optional.of(new Denied("No such tenant.", false));
            case Subject.OfApp of when !standing.tenant() -> Optional.of(new Denied("No such tenant.", false));
            case Subject.OfApp of
            when !standing.app() && permission.wantsExistingApp() -> Optional.of(new Denied("No such app.", false));
            default -> Optional.empty();
        };
    }

    private static Decision decide(Principal principal, String names, Set<Permission> held, Permission permission) {
        if (!held.contains(permission)) {
            String holders = Arrays.stream(Role.values())
                    .filter(other -> other != Role.ROBOT && other.permissions().contains(permission))
                    .map(Role::text)
                    .collect(Collectors.joining(" or "));
            return new Denied(
                    "As " + names + " you may not use " + permission.text() + ": it takes " + holders + ".", true);
        }
        if (principal.pass().isPresent() && !principal.pass().get().scopes().allow(permission)) {
            return new Denied(
                    "The token's scopes (" + principal.pass().get().scopes() + ") do not include " + permission.text()
                            + ".",
                    true);
        }
        return ALLOWED;
    }
}
