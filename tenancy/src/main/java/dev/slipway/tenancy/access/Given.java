package dev.slipway.tenancy.access;

import dev.slipway.tenancy.identity.AppName;
import dev.slipway.tenancy.identity.AppRef;
import java.util.Optional;
import java.util.Set;

/**
 * A role that a person holds in a tenant beside a membership.
 *
 * @param role its name
 * @param app the one app it is about; empty for the whole tenant
 */
public record Given(String role, Optional<AppName> app, Set<Permission> permissions) {
    public Given {
        permissions = Set.copyOf(permissions);
    }

    /** Whether it says anything about the subject. */
    boolean covers(Subject subject) {
        return switch (subject) {
            case Subject.OfTenant of -> app.isEmpty();
            case Subject.OfApp(AppRef of) -> app.isEmpty() || app.get().equals(of.app());
            case Subject.OfPerson of -> false;
            case Subject.OfPlatform of -> false;
        };
    }
}
