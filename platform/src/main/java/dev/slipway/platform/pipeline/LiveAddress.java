package dev.slipway.platform.pipeline;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Writes the URL under which people reach a host through this installation's proxies. */
@ApplicationScoped
public class LiveAddress {
    private final String scheme;
    private final int port;

    LiveAddress(
            @ConfigProperty(name = "slipway.apps-scheme", defaultValue = "http") String scheme,
            @ConfigProperty(name = "slipway.apps-port") java.util.Optional<Integer> publicPort,
            @ConfigProperty(name = "slipway.proxy.port", defaultValue = "8000") int proxyPort) {
        this.scheme = scheme;
        this.port = publicPort.orElse(proxyPort);
    }

    public String of(String host) {
        boolean usual = scheme.equals("http") && port == 80 || scheme.equals("https") && port == 443;
        return scheme + "://" + host + (usual ? "" : ":" + port);
    }
}
