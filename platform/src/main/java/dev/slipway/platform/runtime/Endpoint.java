package dev.slipway.platform.runtime;

/**
 * Where an instance can be reached from the site's proxy.
 *
 * @param host address or name
 * @param port TCP port, or 0 if the instance listens on none
 */
public record Endpoint(String host, int port) {

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
