package dev.slipway.tenancy.access;

import dev.slipway.tenancy.identity.InvalidNameException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a token may be used for, at most: the named scopes {@code read}, {@code deploy}, {@code admin}, or single
 * permissions such as {@code app-logs}. Names are kept rather than permissions, so that a named scope follows the
 * table when permissions are added.
 */
public final class Scopes {
    private static final Map<String, Set<Permission>> NAMED = Map.of(
            "read",
                    EnumSet.of(
                            Permission.APP_VIEW,
                            Permission.APP_LOGS,
                            Permission.TENANT_VIEW,
                            Permission.TENANT_QUOTAS_READ,
                            Permission.REGISTRY_PULL,
                            Permission.ACCOUNT_VIEW,
                            Permission.PLATFORM_VIEW),
            "deploy",
                    EnumSet.of(
                            Permission.APP_VIEW,
                            Permission.APP_LOGS,
                            Permission.APP_DEPLOY,
                            Permission.APP_SCALE,
                            Permission.TENANT_VIEW,
                            Permission.REGISTRY_PULL,
                            Permission.REGISTRY_PUSH),
            "admin", EnumSet.allOf(Permission.class));

    private final SortedSet<String> names;
    private final EnumSet<Permission> permissions;

    private Scopes(SortedSet<String> names, EnumSet<Permission> permissions) {
        this.names = names;
        this.permissions = permissions;
    }

    /** Everything the holder's role allows. */
    public static Scopes everything() {
        return parse(Set.of("admin"));
    }

    /** The named scopes or permissions, for names that are written in code. */
    public static Scopes of(String... names) {
        return parse(Set.of(names));
    }

    /**
     * Reads scopes by name.
     *
     * @throws InvalidNameException if there is none, or one is unknown
     */
    public static Scopes parse(Collection<String> names) {
        if (names.isEmpty()) {
            throw new InvalidNameException("scope", "", "A token needs at least one scope: read, deploy or admin.");
        }
        Map<String, Set<Permission>> known = new TreeMap<>(NAMED);
        for (Permission permission : Permission.values()) {
            known.put(permission.text(), EnumSet.of(permission));
        }
        EnumSet<Permission> held = EnumSet.noneOf(Permission.class);
        for (String name : names) {
            Set<Permission> more = known.get(name);
            if (more == null) {
                throw new InvalidNameException(
                        "scope",
                        name,
                        "There is no scope \"" + name
                                + "\": use read, deploy, admin, or a permission such as app-logs.");
            }
            held.addAll(more);
        }
        return new Scopes(new TreeSet<>(names), held);
    }

    /** Whether it reaches the permission. */
    public boolean allow(Permission permission) {
        return permissions.contains(permission);
    }

    /** Whether everything that {@code other} allows is allowed here too. */
    public boolean contain(Scopes other) {
        return permissions.containsAll(other.permissions);
    }

    /** The names as they were given, sorted. */
    public Set<String> names() {
        return Set.copyOf(names);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Scopes scopes && scopes.names.equals(names);
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }

    @Override
    public String toString() {
        return String.join(" ", names);
    }
}
