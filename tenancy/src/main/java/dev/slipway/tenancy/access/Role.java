package dev.slipway.tenancy.access;

import static dev.slipway.tenancy.access.Permission.*;

import dev.slipway.tenancy.identity.InvalidNameException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * The table of who may do what, in this one place. A person is OWNER, DEVELOPER or VIEWER of a tenant; OPERATOR is a
 * mark on the account and holds everywhere; SELF is what everybody may do to the own account; ROBOT is the most that
 * a tenant's or app's token can be given.
 */
public enum Role {
    OPERATOR(EnumSet.allOf(Permission.class)),
    OWNER(EnumSet.of(
            APP_VIEW,
            APP_CREATE,
            APP_DESTROY,
            APP_DEPLOY,
            APP_CONFIG_READ,
            APP_CONFIG_WRITE,
            APP_SCALE,
            APP_LOGS,
            APP_RUN,
            APP_DOMAINS,
            TENANT_VIEW,
            TENANT_MEMBERS,
            TENANT_TOKENS,
            TENANT_QUOTAS_READ,
            TENANT_AUDIT,
            REGISTRY_PULL,
            REGISTRY_PUSH)),
    DEVELOPER(EnumSet.of(
            APP_VIEW,
            APP_CREATE,
            APP_DEPLOY,
            APP_CONFIG_READ,
            APP_CONFIG_WRITE,
            APP_SCALE,
            APP_LOGS,
            APP_RUN,
            APP_DOMAINS,
            TENANT_VIEW,
            TENANT_QUOTAS_READ,
            REGISTRY_PULL,
            REGISTRY_PUSH)),
    VIEWER(EnumSet.of(APP_VIEW, APP_LOGS, TENANT_VIEW, TENANT_QUOTAS_READ, REGISTRY_PULL)),
    ROBOT(EnumSet.of(
            APP_VIEW,
            APP_CREATE,
            APP_DESTROY,
            APP_DEPLOY,
            APP_CONFIG_READ,
            APP_CONFIG_WRITE,
            APP_SCALE,
            APP_LOGS,
            APP_RUN,
            APP_DOMAINS,
            TENANT_VIEW,
            TENANT_QUOTAS_READ,
            REGISTRY_PULL,
            REGISTRY_PUSH)),
    SELF(EnumSet.of(ACCOUNT_VIEW, ACCOUNT_WRITE));

    private final Set<Permission> permissions;

    Role(EnumSet<Permission> permissions) {
        this.permissions = Collections.unmodifiableSet(permissions);
    }

    /** What it may do. */
    public Set<Permission> permissions() {
        return permissions;
    }

    /**
     * What roles can hold that a tenant defines: what its developers and viewers may, and destroying and reading the audit.
     * Whoever gives roles and tokens stays an owner, so that no role leads to more than it says.
     */
    public static Set<Permission> forOwnRoles() {
        Set<Permission> all = EnumSet.of(APP_DESTROY, TENANT_AUDIT);
        all.addAll(DEVELOPER.permissions);
        all.addAll(VIEWER.permissions);
        return Collections.unmodifiableSet(all);
    }

    /** Whether a tenant can give it to a member. */
    public boolean ofMembers() {
        return this == OWNER || this == DEVELOPER || this == VIEWER;
    }

    /** The name as people write it, for example {@code developer}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads the role of a member.
     *
     * @throws InvalidNameException with the roles there are
     */
    public static Role parse(String text) {
        for (Role role : values()) {
            if (role.ofMembers() && role.text().equals(text.toLowerCase(Locale.ROOT))) {
                return role;
            }
        }
        throw new InvalidNameException("role", text, "A member's role is one of owner, developer, viewer.");
    }
}
