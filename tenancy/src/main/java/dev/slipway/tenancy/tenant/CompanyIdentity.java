package dev.slipway.tenancy.tenant;

import dev.slipway.tenancy.group.GroupRules;

/**
 * A person as an identity provider vouches for them at this moment.
 *
 * @param issuer the provider's address, exactly as its tokens name it
 * @param subject the provider's name for the person, which never changes
 * @param name what the person is called there; only a wish
 * @param held what their groups give them
 */
public record CompanyIdentity(String issuer, String subject, String name, GroupRules.Held held) {}
