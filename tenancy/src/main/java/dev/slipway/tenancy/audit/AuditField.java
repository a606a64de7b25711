package dev.slipway.tenancy.audit;

import java.util.Locale;

/**
 * The details that an audit entry may carry, all of them. A detail that is not listed cannot be written, so a secret
 * gets into the record only by someone adding a line here; config values, commands and plain tokens have none.
 */
public enum AuditField {
    ADDRESS,
    AMOUNT,
    APP,
    BRANCH,
    BUILD,
    COMMIT,
    CONFIG_KEYS,
    DEPLOYMENT,
    DOMAIN,
    EXPIRES,
    FINGERPRINT,
    FROM,
    IMAGE,
    INSTANCE,
    ISSUER,
    LIMIT,
    MEMBER,
    NAME,
    NODE,
    PERMISSION,
    PERSON,
    PROCESS,
    REACH,
    REASON,
    RELEASE,
    RESOURCE,
    ROLE,
    SCALE,
    SCOPES,
    SITE,
    SIZE,
    SUBJECT,
    TENANT,
    TO,
    TOKEN_ID;

    /** The name in stored and exported entries, for example {@code token_id}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
