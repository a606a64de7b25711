package dev.slipway.platform.site;

import java.util.UUID;

/**
 * Identity of one installation of Slipway, made once and kept in its database. Everything that an installation leaves
 * on an engine carries it, so that two installations can share one engine and never touch each other's things.
 *
 * @param value the identity
 */
public record InstallationId(UUID value) {

    /** The 36 character text form, as it stands in labels. */
    @Override
    public String toString() {
        return value.toString();
    }
}
