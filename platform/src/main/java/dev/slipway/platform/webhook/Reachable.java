package dev.slipway.platform.webhook;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which addresses a tenant may let the platform send to: public ones, and those an operator allows. The platform stands
 * where tenants do not, so whatever is not plainly public is refused: its own machine, the company's networks, the cloud's
 * metadata (OWASP, server-side request forgery).
 */
@ApplicationScoped
public class Reachable {
    /** The special-purpose registries of IANA (RFC 6890), and addresses that carry another one inside. */
    private static final List<Network> NOT_PUBLIC = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/4",
                    "240.0.0.0/4",
                    "::/96",
                    "64:ff9b::/96",
                    "64:ff9b:1::/48",
                    "100::/64",
                    "2001::/23",
                    "2001:db8::/32",
                    "2002::/16",
                    "5f00::/16",
                    "fc00::/7",
                    "fe80::/10",
                    "fec0::/10",
                    "ff00::/8")
            .map(Network::parse)
            .toList();

    private final List<Network> allowed;

    @Inject
    Reachable(WebhookSettings settings) {
        this(settings.allowedNetworks().orElse(List.of()));
    }

    /** @throws IllegalArgumentException naming the one that is no network */
    Reachable(List<String> allowed) {
        this.allowed = allowed.stream().map(Network::parse).toList();
    }

    boolean allows(InetAddress address) {
        return allowed.stream().anyMatch(network -> network.contains(address))
                || NOT_PUBLIC.stream().noneMatch(network -> network.contains(address));
    }

    /** The first address of a host, if all it has may be reached: one that may not is no oversight of whoever set it. */
    public Optional<InetAddress> of(String host) throws UnknownHostException {
        InetAddress[] all = InetAddress.getAllByName(host);
        return Arrays.stream(all).allMatch(this::allows) ? Optional.of(all[0]) : Optional.empty();
    }
}
