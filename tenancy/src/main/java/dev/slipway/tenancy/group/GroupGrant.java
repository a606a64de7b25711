package dev.slipway.tenancy.group;

import dev.slipway.tenancy.access.Role;
import dev.slipway.tenancy.identity.TenantName;

/** What a group gives to those who are in it. */
public sealed interface GroupGrant {
    /** A role in a tenant, whether or not there is such a tenant. */
    record InTenant(TenantName tenant, Role role) implements GroupGrant {}

    /** The mark of a platform operator. */
    record Operator() implements GroupGrant {}
}
