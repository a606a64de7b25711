package dev.slipway.platform.runtime.docker;

import dev.slipway.platform.runtime.Runtime;
import dev.slipway.platform.runtime.RuntimeProvider;
import dev.slipway.platform.site.InstallationId;
import dev.slipway.platform.site.Site;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sites that are Docker Engines: the one beside this program is the first; others are several, on machines elsewhere. */
@ApplicationScoped
class DockerSites implements RuntimeProvider {
    static final String CA = "ca";
    static final String CERTIFICATE = "cert";
    static final String KEY = "key";
    private static final Set<String> SETTINGS = Set.of(CA, CERTIFICATE, KEY);
    private static final Pattern HOST =
            Pattern.compile("([A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?)(?::(\\d{1,5}))?");
    private static final int TLS_PORT = 2376;

    private final DockerConnection local;
    private final DockerSettings settings;
    private final InstallationId installation;
    private final ExecutorService work;
    private final InstantSource clock;

    DockerSites(
            DockerConnection local,
            DockerSettings settings,
            InstallationId installation,
            ExecutorService work,
            InstantSource clock) {
        this.local = local;
        this.settings = settings;
        this.installation = installation;
        this.work = work;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return "docker";
    }

    @Override
    public Runtime open(Site site) {
        if (site.address().isEmpty()) {
            return new DockerRuntime(local, site.name().value());
        }
        for (String setting : site.settings().keySet()) {
            if (!SETTINGS.contains(setting)) {
                throw new IllegalArgumentException(
                        "Docker hosts have no setting " + setting + "; they have ca, cert and key");
            }
        }
        EngineTrust trust = EngineTrust.of(required(site, CA), required(site, CERTIFICATE), required(site, KEY));
        List<FleetHost> hosts = new ArrayList<>();
        for (EngineAddress.Remote address : addresses(site.address(), trust)) {
            RemoteEngineSettings there = new RemoteEngineSettings(settings);
            DockerConnection connection = new DockerConnection(
                    new Engine(address, there, work), there, installation, clock, new NoFilter(address.host()));
            hosts.add(new FleetHost(address.host(), connection, clock));
        }
        return new EngineFleet(hosts, new DockerRuntime(local, "local"));
    }

    /** Certificates for hosts that have none yet: the site's own authority makes them, and is forgotten. */
    @Override
    public Optional<Preparation> prepare(Site site) {
        if (site.address().isEmpty() || !site.settings().isEmpty()) {
            return Optional.empty();
        }
        SiteAuthority authority = new SiteAuthority(site.name().value(), new SecureRandom(), clock.instant());
        SiteAuthority.Identity ourselves = authority.client();
        EngineTrust trust = EngineTrust.of(authority.certificate(), ourselves.certificate(), ourselves.key());
        List<String> commands = addresses(site.address(), trust).stream()
                .map(host -> HostCommand.of(host, authority.certificate(), authority.engine(host.host())))
                .toList();
        return Optional.of(new Preparation(
                Map.of(CA, authority.certificate(), CERTIFICATE, ourselves.certificate(), KEY, ourselves.key()),
                commands));
    }

    private static String required(Site site, String setting) {
        String value = site.settings().get(setting);
        if (value == null) {
            throw new IllegalArgumentException("The setting " + setting
                    + " is missing: Docker hosts are spoken with under TLS, with ca, cert and key in PEM");
        }
        return value;
    }

    /**
     * Reads {@code host[:port],host[:port]}; the port is 2376 if nothing is said.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    static List<EngineAddress.Remote> addresses(String text, EngineTrust trust) {
        List<EngineAddress.Remote> addresses = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (String one : text.split(",", -1)) {
            Matcher parts = HOST.matcher(one.strip());
            int port = parts.matches() && parts.group(3) != null ? Integer.parseInt(parts.group(3)) : TLS_PORT;
            if (!parts.matches() || port < 1 || port > 65_535) {
                throw new IllegalArgumentException(
                        "Docker hosts are named as host:port,host:port, for example 10.0.0.1:2376, and not " + one);
            }
            if (!known.add(parts.group(1))) {
                throw new IllegalArgumentException("The host " + parts.group(1) + " is named twice");
            }
            addresses.add(new EngineAddress.Remote(parts.group(1), port, trust));
        }
        return addresses;
    }

    /** The packet filter of another machine, which nobody looks after from here. */
    private record NoFilter(String host) implements PacketFilter {
        @Override
        public Optional<String> restore(List<String> rules) {
            return run(rules);
        }

        @Override
        public Optional<String> run(List<String> arguments) {
            return Optional.of("the packet filter of " + host + " is its operator's");
        }
    }
}
