package dev.slipway.platform.reconcile;

import dev.slipway.platform.runtime.Runtime;
import dev.slipway.platform.runtime.RuntimeUnavailableException;
import dev.slipway.platform.runtime.Runtimes;
import dev.slipway.platform.site.SiteId;
import dev.slipway.platform.site.StaleLeaderException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import org.jboss.logging.Logger;

/** Looks at each site in a thread of its own, so that a site that is slow to answer keeps no other one waiting. */
@ApplicationScoped
class SiteLooks {
    private static final Logger LOG = Logger.getLogger(SiteLooks.class);

    private final Runtimes runtimes;
    private final SiteHealth health;
    private final Observer observer;
    private final Capacity capacity;
    private final ExecutorService work;
    private final Set<SiteId> busy = ConcurrentHashMap.newKeySet();
    private final Set<String> silent = ConcurrentHashMap.newKeySet();
    private final Map<String, Watched> watches = new HashMap<>();

    private record Watched(Runtime runtime, Runtime.Watch watch) {}

    SiteLooks(Runtimes runtimes, SiteHealth health, Observer observer, Capacity capacity, ExecutorService work) {
        this.runtimes = runtimes;
        this.health = health;
        this.observer = observer;
        this.capacity = capacity;
        this.work = work;
    }

    /**
     * Begins a look at every site that is not being looked at; returns at once.
     *
     * @param leads whether what is found may be written
     */
    void begin(boolean leads) {
        runtimes.refresh();
        runtimes.all().forEach(at -> begin(at, leads));
    }

    private void begin(Runtimes.At at, boolean leads) {
        // By its id: one that left must not keep one waiting that has joined under its name.
        SiteId site = at.site().id();
        if (busy.add(site)) {
            work.execute(() -> {
                try {
                    look(at, leads);
                } finally {
                    busy.remove(site);
                }
            });
        }
    }

    /** Whether the site has been let go while it was looked at. */
    private boolean isGone(Runtimes.At at) {
        return runtimes.find(at.site().name().value())
                .filter(now -> now.site().id().equals(at.site().id()))
                .isEmpty();
    }

    private void look(Runtimes.At at, boolean leads) {
        String site = at.site().name().value();
        if (leads && health.drilled(at.site())) {
            silence(at); // and nothing is judged or ended there meanwhile
            return;
        }
        try {
            capacity.learn(site, at.runtime().nodes());
            if (leads) {
                keepWatching(at);
                boolean doubles = observer.look(at);
                if (isGone(at)) {
                    return;
                }
                health.looked(at, true);
                if (!doubles) {
                    health.settled(at);
                }
            }
            if (silent.remove(site)) {
                LOG.infof("site answers again site=%s", site);
            }
        } catch (RuntimeUnavailableException e) {
            if (isGone(at)) {
                return;
            }
            if (silent.add(site)) {
                LOG.warnf("site does not answer site=%s reason=%s", site, e.getMessage());
            }
            if (leads) {
                silence(at);
            }
        } catch (StaleLeaderException e) {
            LOG.debugf("look is left to the leader site=%s", site);
        } catch (RuntimeException e) {
            LOG.errorf(e, "look at site failed site=%s", site);
        }
    }

    private void silence(Runtimes.At at) {
        try {
            health.looked(at, false);
        } catch (StaleLeaderException e) {
            LOG.debugf("silence is left to the leader site=%s", at.site().name());
        }
    }

    private synchronized void keepWatching(Runtimes.At at) {
        String site = at.site().name().value();
        Runtime runtime = at.runtime();
        Watched before = watches.get(site);
        if (before != null && before.runtime() == runtime && !before.watch().ended()) {
            return;
        }
        if (before != null) {
            before.watch().close();
        }
        Runtime.Watch watch = runtime.watch(event -> work.execute(() -> {
            try {
                observer.event(event);
            } catch (StaleLeaderException e) {
                LOG.debugf("event is left to the leader instance=%s", event.id());
            }
        }));
        runtime.watchNodes(() -> runtimes.find(site).ifPresent(now -> begin(now, true)));
        watches.put(site, new Watched(runtime, watch));
    }
}
