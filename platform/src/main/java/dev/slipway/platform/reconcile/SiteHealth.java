package dev.slipway.platform.reconcile;

import dev.slipway.platform.health.Probe;
import dev.slipway.platform.instance.Instance;
import dev.slipway.platform.instance.InstanceState;
import dev.slipway.platform.instance.Instances;
import dev.slipway.platform.release.Check;
import dev.slipway.platform.runtime.Runtimes;
import dev.slipway.platform.site.Drills;
import dev.slipway.platform.site.Fence;
import dev.slipway.platform.site.Site;
import dev.slipway.platform.site.SiteEvent;
import dev.slipway.platform.site.SiteName;
import dev.slipway.platform.site.SitePulse;
import dev.slipway.platform.site.SiteSettings;
import dev.slipway.platform.site.SiteState;
import dev.slipway.platform.site.Sites;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Takes the signals of each site and moves its state; see {@code docs/decisions/0120-when-a-site-is-lost.md}. */
@ApplicationScoped
class SiteHealth {
    private static final Logger LOG = Logger.getLogger(SiteHealth.class);
    private static final Check PORT_ANSWERS = new Check.Tcp(Duration.ofSeconds(1));
    private static final int ASKED = 3;

    private final Sites sites;
    private final Drills drills;
    private final Runtimes runtimes;
    private final Instances instances;
    private final Probe probe;
    private final Fence fence;
    private final SiteSettings settings;
    private final Clock clock;
    private final Map<SiteName, SitePulse> pulses = new ConcurrentHashMap<>();

    SiteHealth(
            Sites sites,
            Drills drills,
            Runtimes runtimes,
            Instances instances,
            Probe probe,
            Fence fence,
            SiteSettings settings,
            Clock clock) {
        this.sites = sites;
        this.drills = drills;
        this.runtimes = runtimes;
        this.instances = instances;
        this.probe = probe;
        this.fence = fence;
        this.settings = settings;
        this.clock = clock;
    }

    /** One look at a site has ended; never two of one site at a time. */
    void looked(Runtimes.At at, boolean answered) {
        Site site = at.site();
        SitePulse pulse = pulses.computeIfAbsent(
                site.name(),
                name -> new SitePulse(
                        new SitePulse.Rules(settings.silentAfter(), settings.answersAfter(), settings.lostAfter())));
        boolean drilled = drilled(site);
        SitePulse.Signals signals = new SitePulse.Signals(
                answered && !drilled,
                drilled ? Optional.of(false) : answered ? Optional.empty() : serves(site),
                couldRunElsewhere(site));
        pulse.heard(site.state(), site.stateSince(), signals, clock.instant()).ifPresent(event -> tell(site, event));
    }

    /** Whether the loss of a site is being rehearsed: it is taken for silent, whatever it answers. */
    boolean drilled(Site site) {
        return QuarkusTransaction.requiringNew()
                .call(drills::running)
                .filter(drill -> drill.site().equals(site.name()))
                .isPresent();
    }

    /** Nothing runs at a site any more that was replaced while it was away. */
    void settled(Runtimes.At at) {
        if (at.site().state() instanceof SiteState.Recovering) {
            tell(at.site(), SiteEvent.SETTLED);
        }
    }

    private void tell(Site site, SiteEvent event) {
        Optional<Site> after = QuarkusTransaction.requiringNew().call(() -> {
            fence.hold();
            return sites.on(site.name(), event);
        });
        after.ifPresent(now -> {
            LOG.warnf(
                    "site site=%s was=%s is=%s",
                    site.name(), site.state().code(), now.state().code());
            runtimes.refresh();
        });
    }

    /** Whether some instance there accepts connections; empty if none listens. */
    private Optional<Boolean> serves(Site site) {
        List<Instance> listening = QuarkusTransaction.requiringNew().call(() -> instances.unended()).stream()
                .filter(instance -> instance.site().equals(site.name().value()))
                .filter(instance -> instance.endpoint().isPresent())
                .filter(instance -> instance.state() instanceof InstanceState.Healthy
                        || instance.state() instanceof InstanceState.Unhealthy)
                .limit(ASKED)
                .toList();
        return listening.isEmpty()
                ? Optional.empty()
                : Optional.of(listening.stream()
                        .anyMatch(instance -> probe.ask(PORT_ANSWERS, instance) instanceof Probe.Answer.Passed));
    }

    /**
     * When none of several sites elsewhere answers, it is likelier that we are cut off than that all are lost. The engine
     * beside this program answers in any case, so it proves nothing about the network.
     */
    private boolean couldRunElsewhere(Site site) {
        List<Site> others = runtimes.all().stream()
                .map(Runtimes.At::site)
                .filter(other -> !other.name().equals(site.name()))
                .toList();
        List<Site> distant =
                others.stream().filter(other -> !other.address().isEmpty()).toList();
        boolean notAlone = distant.isEmpty()
                || distant.stream().anyMatch(other -> other.state().answers());
        return notAlone && others.stream().anyMatch(other -> other.state().takesInstances());
    }
}
