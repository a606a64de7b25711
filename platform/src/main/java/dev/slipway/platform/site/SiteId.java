package dev.slipway.platform.site;

import java.util.UUID;

/**
 * Identity of a site. A site that is removed and made again under its old name has another one.
 *
 * @param value the identity
 */
public record SiteId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
