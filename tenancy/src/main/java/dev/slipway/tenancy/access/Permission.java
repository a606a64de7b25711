package dev.slipway.tenancy.access;

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

    /** Whether it is about a thing that must exist already; creating is the exception. */
    boolean wantsExistingApp() {
        return this != APP_CREATE;
    }
}
