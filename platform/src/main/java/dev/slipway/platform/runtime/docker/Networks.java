package dev.slipway.platform.runtime.docker;

import com.github.dockerjava.api.command.CreateNetworkCmd;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Network;
import dev.slipway.platform.runtime.docker.SubnetPool.Subnet;
import dev.slipway.platform.site.InstallationId;
import dev.slipway.tenancy.identity.TenantName;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One bridge network for each tenant and one for builds, made on demand. Instances of a tenant reach each other, the
 * engine keeps bridges apart, and {@link Firewall} keeps them away from the machine. Builds do not even reach each
 * other. Subnets are cut from a range of their own, because the engine's default pools end after about 30 networks.
 */
final class Networks {

    private static final int ATTEMPTS = 16;

    private final Engine engine;
    private final InstallationId installation;
    private final SubnetPool pool;
    private final Firewall firewall;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    Networks(Engine engine, DockerSettings settings, InstallationId installation, Firewall firewall) {
        this.engine = engine;
        this.installation = installation;
        this.pool = SubnetPool.of(settings.networkPool(), settings.networkPrefix());
        this.firewall = firewall;
    }

    /** Name of the network of a tenant, which exists when this returns. */
    String ofTenant(TenantName tenant) {
        Map<String, String> labels = Labels.of(installation, Labels.Kind.TENANT_NETWORK);
        labels.put(Labels.TENANT, tenant.value());
        return ensure(tenantNetwork(tenant), bridge('t', tenant.value()), labels, true);
    }

    /** Name of the network of builds, which exists when this returns. */
    String ofBuilds() {
        Map<String, String> labels = Labels.of(installation, Labels.Kind.BUILD_NETWORK);
        return ensure(name("builds"), bridge('b', "builds"), labels, false);
    }

    /** Forgets that a network exists, because the engine said that it does not. */
    void forget(String network) {
        known.remove(network);
    }

    /** Removes the network of a tenant that is gone; the engine keeps it while instances use it. */
    void remove(TenantName tenant) {
        remove(tenantNetwork(tenant));
    }

    /** Removes all networks of the installation that nothing uses. */
    void removeAll() {
        for (Labels.Kind kind : List.of(Labels.Kind.TENANT_NETWORK, Labels.Kind.BUILD_NETWORK)) {
            engine.call(
                            "list networks of",
                            installation.toString(),
                            () -> engine.client()
                                    .listNetworksCmd()
                                    .withFilter("label", Labels.filter(installation, kind))
                                    .exec())
                    .forEach(network -> remove(network.getName()));
        }
    }

    private void remove(String network) {
        known.remove(network);
        try {
            engine.call(
                    "remove network",
                    network,
                    () -> engine.client().removeNetworkCmd(network).exec());
        } catch (NotFoundException e) {
            known.remove(network);
        }
    }

    private String tenantNetwork(TenantName tenant) {
        return name("t-" + tenant.value());
    }

    private String name(String of) {
        return "slipway-" + Labels.shortName(installation) + "-" + of;
    }

    private String bridge(char kind, String of) {
        return Firewall.interfacePrefix(installation, kind)
                + String.format("%07x", (of + installation).hashCode() & 0xfffffff);
    }

    private String ensure(String name, String bridge, Map<String, String> labels, boolean mayTalk) {
        if (known.contains(name)) {
            return name;
        }
        synchronized (this) {
            if (known.add(name) && !exists(name)) {
                try {
                    create(name, bridge, labels, mayTalk);
                } catch (RuntimeException e) {
                    known.remove(name);
                    throw e;
                }
            }
        }
        firewall.ensure();
        return name;
    }

    private boolean exists(String name) {
        try {
            engine.call(
                    "look for network",
                    name,
                    () -> engine.client()
                            .inspectNetworkCmd()
                            .withNetworkId(name)
                            .exec());
            return true;
        } catch (NotFoundException e) {
            return false;
        } catch (RuntimeException e) {
            known.remove(name);
            throw e;
        }
    }

    private void create(String name, String bridge, Map<String, String> labels, boolean mayTalk) {
        List<Subnet> taken = taken();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Subnet subnet = pool.free(name.hashCode(), taken)
                    .orElseThrow(() -> new EngineRefusedException(
                            "All " + pool.size() + " subnets of slipway.docker.network-pool are taken."));
            try {
                engine.call(
                        "create network",
                        name,
                        () -> request(name, bridge, labels, mayTalk, subnet).exec());
                return;
            } catch (ConflictException e) {
                return;
            } catch (EngineFaultException | com.github.dockerjava.api.exception.DockerException e) {
                if (!Engine.reason(e).contains("overlaps")) {
                    throw e;
                }
                taken.add(subnet);
            }
        }
        throw new EngineRefusedException(
                "The engine refused " + ATTEMPTS + " subnets for " + name + " as overlapping.");
    }

    CreateNetworkCmd request(String name, String bridge, Map<String, String> labels, boolean mayTalk, Subnet subnet) {
        return engine.client()
                .createNetworkCmd()
                .withName(name)
                .withCheckDuplicate(true)
                .withDriver("bridge")
                .withIpam(new Network.Ipam().withConfig(new Network.Ipam.Config().withSubnet(subnet.toString())))
                .withOptions(Map.of(
                        "com.docker.network.bridge.name",
                        bridge,
                        "com.docker.network.bridge.enable_icc",
                        String.valueOf(mayTalk)))
                .withLabels(labels);
    }

    private List<Subnet> taken() {
        List<Subnet> taken = new ArrayList<>();
        engine.call("list", "networks", () -> engine.client().listNetworksCmd().exec())
                .forEach(network -> {
                    if (network.getIpam() != null && network.getIpam().getConfig() != null) {
                        network.getIpam().getConfig().forEach(config -> add(taken, config.getSubnet()));
                    }
                });
        try {
            NetworkInterface.networkInterfaces()
                    .flatMap(card -> card.getInterfaceAddresses().stream())
                    .forEach(address -> add(taken, text(address.getAddress(), address.getNetworkPrefixLength())));
        } catch (SocketException e) {
            return taken;
        }
        return taken;
    }

    private static String text(InetAddress address, int prefix) {
        return address.getHostAddress() + "/" + prefix;
    }

    private static void add(List<Subnet> taken, @org.jspecify.annotations.Nullable String subnet) {
        if (subnet != null && !subnet.contains(":")) {
            taken.add(Subnet.parse(subnet));
        }
    }
}
