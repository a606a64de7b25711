package dev.slipway.tenancy.access;

import dev.slipway.tenancy.identity.AppName;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.TenantName;
import java.util.Optional;

/** Where a token may be used: everywhere its holder may go, in one tenant, or for one app. */
public record Reach(Optional<TenantName> tenant, Optional<AppName> app) {
    public Reach {
        if (app.isPresent() && tenant.isEmpty()) {
            throw new IllegalArgumentException("An app is reached through its tenant: app=" + app.get());
        }
    }

    /** Wherever its holder may go. */
    public static Reach everywhere() {
        return new Reach(Optional.empty(), Optional.empty());
    }

    /** One tenant with all its apps. */
    public static Reach tenant(TenantName tenant) {
        return new Reach(Optional.of(tenant), Optional.empty());
    }

    /** One app and nothing of its tenant. */
    public static Reach app(AppRef app) {
        return new Reach(Optional.of(app.tenant()), Optional.of(app.app()));
    }

    /** Whether the subject lies within it. */
    public boolean covers(Subject subject) {
        if (tenant.isEmpty()) {
            return true;
        }
        return switch (subject) {
            case Subject.OfTenant of -> app.isEmpty() && tenant.get().equals(of.tenant());
            case Subject.OfApp of ->
                tenant.get().equals(of.app().tenant())
                        && (app.isEmpty() || app.get().equals(of.app().app()));
            case Subject.OfPerson of -> false;
            case Subject.OfPlatform of -> false;
        };
    }

    /** Whether {@code other} lies within it. */
    public boolean contains(Reach other) {
        return tenant.isEmpty() || (tenant.equals(other.tenant) && (app.isEmpty() || app.equals(other.app)));
    }

    @Override
    public String toString() {
        return tenant.map(name -> name + app.map(a -> "/" + a).orElse("")).orElse("everywhere");
    }
}
