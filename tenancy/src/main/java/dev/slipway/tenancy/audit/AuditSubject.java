package dev.slipway.tenancy.audit;

import dev.slipway.tenancy.identity.AppName;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.TenantName;
import java.util.Optional;

/**
 * What an audited act was done to.
 *
 * @param text the thing itself, for example {@code acme/shop} or {@code person ada}
 * @param tenant whose audit it appears in; empty for acts on the platform
 */
public record AuditSubject(String text, Optional<TenantName> tenant, Optional<AppName> app) {
    public static AuditSubject tenant(TenantName tenant) {
        return new AuditSubject(tenant.value(), Optional.of(tenant), Optional.empty());
    }

    public static AuditSubject app(AppRef app) {
        return new AuditSubject(app.toString(), Optional.of(app.tenant()), Optional.of(app.app()));
    }

    /** A thing that an app has, for example {@code part(app, "release v12")}. */
    public static AuditSubject part(AppRef app, String part) {
        return new AuditSubject(app + " " + part, Optional.of(app.tenant()), Optional.of(app.app()));
    }

    public static AuditSubject account(String person) {
        return new AuditSubject("person " + person, Optional.empty(), Optional.empty());
    }

    public static AuditSubject platform() {
        return new AuditSubject("platform", Optional.empty(), Optional.empty());
    }

    /** A thing of the platform, for example {@code site dc-a}. */
    public static AuditSubject platform(String part) {
        return new AuditSubject(part, Optional.empty(), Optional.empty());
    }
}
