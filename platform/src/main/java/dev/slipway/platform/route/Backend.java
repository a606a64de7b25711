package dev.slipway.platform.route;

import java.util.Objects;

/**
 * One healthy instance that may get requests.
 *
 * @param instance the instance id as text
 * @param host address the proxy connects to: an IP address or a name
 * @param port 1 to 65535
 */
public record Backend(String instance, String host, int port) {
    public Backend {
        Objects.requireNonNull(instance, "instance");
        if (host.isBlank()) {
            throw new IllegalArgumentException("backend " + instance + " has no host");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("backend " + instance + " has the impossible port " + port);
        }
    }
}
