package dev.slipway.tenancy.access;

import dev.slipway.tenancy.identity.InvalidNameException;
import java.util.Arrays;
import java.util.Locale;

/** Everything that can be asked for at a door. Which role holds which is the table in {@link Role}. */
public enum Permission {
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
    TENANT_QUOTAS_WRITE,
    TENANT_AUDIT,
    REGISTRY_PULL,
    REGISTRY_PUSH,
    ACCOUNT_VIEW,
    ACCOUNT_WRITE,
    PLATFORM_VIEW,
    PLATFORM_OPERATE;

    /** The name as scopes and files write it, for example {@code app-deploy}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Reads a permission by name.
     *
     * @throws InvalidNameException if there is none of that name
     */
    public static Permission parse(String text) {
        return Arrays.stream(values())
                .filter(permission -> permission.text().equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new InvalidNameException(
                        "permission", text, "There is no permission \"" + text + "\": roles names them, as app-logs."));
    }

    /** Whether it is about a thing that must exist already; creating is the exception. */
    boolean wantsExistingApp() {
        return this != APP_CREATE;
    }
}
