package dev.slipway.registry.mirror;

import dev.slipway.registry.access.BasicCredentials;
import dev.slipway.registry.oci.RepositoryName;
import java.net.URI;
import java.util.Optional;

/**
 * A registry that is mirrored.
 *
 * @param name what its repositories begin with here, such as {@code docker.io}
 * @param address scheme, host and port, such as {@code https://registry-1.docker.io}
 * @param credentials with which it is asked, if any
 */
public record Upstream(String name, URI address, Optional<BasicCredentials> credentials) {
    /** Checks what would otherwise fail at the first pull. */
    public Upstream {
        if (RepositoryName.parse(name).components().size() != 1) {
            throw new IllegalArgumentException("a mirror's name is one component, such as docker.io: " + name);
        }
        String scheme = String.valueOf(address.getScheme());
        if (address.getHost() == null || !scheme.matches("https?")) {
            throw new IllegalArgumentException(
                    "the address of mirror " + name + " is not of the form https://HOST: " + address);
        }
    }
}
