package dev.slipway.tenancy.tenant;

import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.identity.PersonName;
import dev.slipway.tenancy.identity.UserId;
import java.time.Instant;

/**
 * A person as the platform knows them.
 *
 * @param local whether they have a password here
 */
public record Account(
        UserId id, PersonName name, boolean operator, boolean disabled, boolean local, Instant createdAt) {
    /** The person as who asks at a door. */
    public Principal.Person principal() {
        return new Principal.Person(id, name.value(), operator);
    }
}
