package dev.slipway.platform.issuer;

import dev.slipway.tenancy.group.Claims;
import dev.slipway.tenancy.group.GroupRules;

/**
 * An identity provider that writes its people here by itself.
 *
 * @param address as its tokens name it
 */
public record Provider(String name, String address, GroupRules rules) {
    /** What the claims give by the provider's rules. */
    public GroupRules.Held held(Claims claims) {
        return rules.held(claims);
    }
}
