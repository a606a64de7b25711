package dev.slipway.platform.runtime.docker;

import dev.slipway.platform.site.InstallationId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Packet filter rules of one installation: containers do not reach the machine itself (its gateway addresses would
 * lead to the database, the control plane and whatever else listens there) but for name resolution and, from
 * instances, the proxy; and they do not reach blocked networks. The rules stand in chains of the installation's own,
 * which are replaced as a whole, and match its bridges by the beginning of their names.
 */
final class Firewall {

    private static final Duration CHECK_AFTER = Duration.ofSeconds(60);

    private final DockerSettings settings;
    private final InstallationId installation;
    private final PacketFilter filter;
    private final InstantSource clock;
    private @Nullable Instant checked;
    private Optional<String> warning = Optional.empty();

    Firewall(DockerSettings settings, InstallationId installation, PacketFilter filter, InstantSource clock) {
        this.settings = settings;
        this.installation = installation;
        this.filter = filter;
        this.clock = clock;
    }

    /** Beginning of the names of bridges of one kind; 8 characters, so that 7 are left of the kernel's 15. */
    static String interfacePrefix(InstallationId installation, char kind) {
        return "s" + installation.toString().substring(0, 6) + kind;
    }

    /** Puts the rules in place unless that was seen to within the last minute. */
    synchronized void ensure() {
        Instant now = clock.instant();
        if (checked != null && now.isBefore(checked.plus(CHECK_AFTER))) {
            return;
        }
        warning = settings.firewall()
                ? apply()
                : Optional.of("Containers can reach this machine: the packet filter"
                        + " rules are switched off by slipway.docker.firewall.");
        checked = now;
    }

    /** What is wrong with the isolation, as a sentence; empty if it holds. */
    synchronized Optional<String> warning() {
        ensure();
        return warning;
    }

    /** Takes the rules away. */
    synchronized void remove() {
        checked = null;
        for (Jump jump : jumps()) {
            filter.run(jump.arguments("-D"));
        }
        for (String chain : List.of(hostChain(), forwardChain())) {
            filter.run(List.of("-F", chain));
            filter.run(List.of("-X", chain));
        }
    }

    private Optional<String> apply() {
        Optional<String> failure = filter.restore(rules());
        for (Jump jump : jumps()) {
            if (failure.isEmpty() && filter.run(jump.arguments("-C")).isPresent()) {
                failure = filter.run(jump.arguments("-I"));
            }
        }
        return failure.map(
                reason -> "Containers can reach this machine: packet filter rules could not be set (" + reason
                        + "). Run Slipway as root with iptables installed, or block bridges named s"
                        + installation.toString().substring(0, 6) + "* from this machine.");
    }

    /** The rules in the form of iptables-restore. */
    List<String> rules() {
        String tenants = interfacePrefix(installation, 't') + "+";
        String host = hostChain();
        String forward = forwardChain();
        List<String> lines = new ArrayList<>();
        lines.add("*filter");
        lines.add(":" + host + " - [0:0]");
        lines.add(":" + forward + " - [0:0]");
        lines.add("-A " + host + " -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT");
        lines.add("-A " + host + " -p udp --dport 53 -j ACCEPT");
        lines.add("-A " + host + " -p tcp --dport 53 -j ACCEPT");
        for (int port : settings.hostPorts()) {
            lines.add("-A " + host + " -i " + tenants + " -p tcp --dport " + port + " -j ACCEPT");
        }
        lines.add("-A " + host + " -j REJECT --reject-with icmp-port-unreachable");
        for (String network : settings.blockedNetworks()) {
            lines.add("-A " + forward + " -d " + network + " -j REJECT --reject-with icmp-net-unreachable");
        }
        lines.add("-A " + forward + " -j RETURN");
        lines.add("COMMIT");
        return lines;
    }

    private List<Jump> jumps() {
        List<Jump> jumps = new ArrayList<>();
        for (char kind : new char[] {'t', 'b'}) {
            String bridges = interfacePrefix(installation, kind) + "+";
            jumps.add(new Jump("INPUT", bridges, hostChain(), installation));
            jumps.add(new Jump("DOCKER-USER", bridges, forwardChain(), installation));
        }
        return jumps;
    }

    private String hostChain() {
        return "SLIPWAY-" + Labels.shortName(installation) + "-HOST";
    }

    private String forwardChain() {
        return "SLIPWAY-" + Labels.shortName(installation) + "-FWD";
    }

    private record Jump(String from, String bridges, String chain, InstallationId installation) {
        List<String> arguments(String action) {
            return List.of(
                    action, from, "-i", bridges, "-m", "comment", "--comment", "slipway " + installation, "-j", chain);
        }
    }
}
