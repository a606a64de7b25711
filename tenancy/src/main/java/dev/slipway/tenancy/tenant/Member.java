package dev.slipway.tenancy.tenant;

import dev.slipway.tenancy.access.Role;
import dev.slipway.tenancy.identity.PersonName;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.tenancy.identity.UserId;
import java.time.Instant;

/**
 * A person in a tenant.
 *
 * @param source who gives the role: {@code local}, or the address of the identity provider whose groups give it
 */
public record Member(
        TenantName tenant, UserId person, PersonName name, Role role, boolean disabled, Instant since, String source) {
    /** Given by the tenant itself. */
    public static final String LOCAL = "local";
}
