package dev.slipway.platform.runtime;

import dev.slipway.platform.site.Site;
import dev.slipway.platform.site.SiteName;
import dev.slipway.platform.site.Sites;
import io.quarkus.arc.All;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The runtimes of all sites. What is known here is as old as the last {@link #refresh()}, which the loop over the sites
 * does every few seconds and whoever changes a site does at once.
 */
@ApplicationScoped
public class Runtimes {
    private static final Logger LOG = Logger.getLogger(Runtimes.class);

    private final Map<String, RuntimeProvider> providers = new HashMap<>();
    private final Sites sites;
    private @Nullable Map<SiteName, At> open;

    Runtimes(@All List<RuntimeProvider> providers, Sites sites) {
        // They come with the highest priority first.
        providers.forEach(provider -> this.providers.putIfAbsent(provider.kind(), provider));
        this.sites = sites;
    }

    /** A site and what runs there. */
    public record At(Site site, Runtime runtime) {}

    /** Every site, by name. */
    public List<At> all() {
        return current().values().stream()
                .sorted((one, other) -> one.site().name().compareTo(other.site().name()))
                .toList();
    }

    /** A site of this name, if there is one. */
    public Optional<At> find(String site) {
        return current().values().stream()
                .filter(at -> at.site().name().value().equals(site))
                .findFirst();
    }

    /** The runtime of a site. One of a site that is unknown, or cannot be opened, says so in each answer. */
    public Runtime of(String site) {
        return find(site)
                .map(At::runtime)
                .orElseGet(() -> new AbsentRuntime(site, "there is no site of this name any more"));
    }

    /** The kinds of sites that can be joined, in their order. */
    public List<String> kinds() {
        return providers.keySet().stream().sorted().toList();
    }

    /**
     * Opens a site that is not stored yet, or not yet with these settings, and closes it afterwards.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public <T> T trying(Site site, Function<Runtime, T> work) {
        try (Runtime candidate = provider(site.kind()).open(site)) {
            return work.apply(candidate);
        }
    }

    private RuntimeProvider provider(String kind) {
        RuntimeProvider provider = providers.get(kind);
        if (provider == null) {
            throw new IllegalArgumentException(
                    "There is no kind of site " + kind + "; there are " + String.join(", ", kinds()));
        }
        return provider;
    }

    /**
     * What has to be done on the machines of a site before it can be reached, if anything.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public Optional<RuntimeProvider.Preparation> prepare(Site site) {
        return provider(site.kind()).prepare(site);
    }

    /** Reads the sites afresh, opens what is new or changed and closes what is gone. */
    public synchronized void refresh() {
        Map<SiteName, At> before = Objects.requireNonNullElse(open, Map.of());
        Map<SiteName, At> now = new HashMap<>();
        List<Site> stored = QuarkusTransaction.requiringNew().call(sites::all);
        for (Site site : stored) {
            At known = before.get(site.name());
            Runtime runtime = known != null
                            && known.site().id().equals(site.id())
                            && known.site().version() == site.version()
                    ? known.runtime()
                    : open(site);
            now.put(site.name(), new At(site, runtime));
        }
        open = Map.copyOf(now);
        before.values().stream()
                .filter(was -> replaced(now.get(was.site().name()), was.runtime()))
                .forEach(was -> was.runtime().close());
    }

    private static boolean replaced(@Nullable At now, Runtime runtime) {
        return now == null || now.runtime() != runtime;
    }

    private synchronized Map<SiteName, At> current() {
        if (open == null) {
            refresh();
        }
        return Objects.requireNonNull(open);
    }

    private Runtime open(Site site) {
        RuntimeProvider provider = providers.get(site.kind());
        if (provider == null) {
            return new AbsentRuntime(site.name().value(), "this program knows no sites of the kind " + site.kind());
        }
        try {
            return provider.open(site);
        } catch (IllegalArgumentException e) {
            LOG.errorf("site cannot be opened site=%s kind=%s reason=%s", site.name(), site.kind(), e.getMessage());
            return new AbsentRuntime(site.name().value(), Objects.requireNonNullElse(e.getMessage(), "wrong settings"));
        }
    }

    @PreDestroy
    synchronized void close() {
        Objects.requireNonNullElse(open, Map.<SiteName, At>of())
                .values()
                .forEach(at -> at.runtime().close());
        open = null;
    }
}
