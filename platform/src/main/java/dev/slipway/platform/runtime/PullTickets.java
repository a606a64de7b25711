package dev.slipway.platform.runtime;

import dev.slipway.registry.oci.ImageReference;

/** Port: lends a machine of a cluster what it needs to pull one image, for a few minutes. */
public interface PullTickets {
    /**
     * An address from which Docker's {@code config.json} with these credentials can be fetched, by whoever knows it.
     *
     * @param base this program as the machine reaches it, such as {@code https://slipway.example.com}
     */
    String address(String base, ImageReference image, PullCredentials credentials);
}
