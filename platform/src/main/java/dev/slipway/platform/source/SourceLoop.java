package dev.slipway.platform.source;

import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.app.AppSettingsStore;
import dev.slipway.platform.git.PushOutput;
import dev.slipway.platform.git.PushVerdict;
import dev.slipway.platform.git.RepositoryAccess;
import dev.slipway.platform.git.SourceFetch;
import dev.slipway.platform.loop.Backoff;
import dev.slipway.platform.loop.Loop;
import dev.slipway.platform.loop.Loops;
import dev.slipway.platform.webhook.Reachable;
import dev.slipway.tenancy.access.Principal;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Pulls what code hosts told of and hands it on as a push. A push is taken by one process for a while, which is prolonged while
 * the pull goes on; when that process is lost, another begins anew.
 */
@ApplicationScoped
class SourceLoop {
    private static final Logger LOG = Logger.getLogger(SourceLoop.class);
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final int AT_ONCE = 20;
    private static final int LONGEST_REASON = 300;

    private final AppSources sources;
    private final AppSettingsStore settings;
    private final SourceFetch fetch;
    private final Reachable reachable;
    private final ExecutorService threads;
    private final Set<UUID> running = ConcurrentHashMap.newKeySet();
    private @Nullable Loop loop;

    SourceLoop(
            AppSources sources,
            AppSettingsStore settings,
            SourceFetch fetch,
            Reachable reachable,
            ExecutorService threads) {
        this.sources = sources;
        this.settings = settings;
        this.fetch = fetch;
        this.reachable = reachable;
        this.threads = threads;
    }

    void start(@Observes StartupEvent event, Loops loops) {
        loop = loops.start(
                "pulls from code hosts", EVERY, new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30)), this::pass);
    }

    void wake() {
        Optional.ofNullable(loop).ifPresent(Loop::wake);
    }

    private void pass() {
        sources.keep(Set.copyOf(running), LEASE);
        for (AppSources.Told push : sources.take(Math.max(0, AT_ONCE - running.size()), LEASE)) {
            running.add(push.id());
            threads.execute(() -> {
                try {
                    sources.ended(push.id(), pull(push));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt(); // it stays due for whoever comes next
                } finally {
                    running.remove(push.id());
                }
            });
        }
    }

    /** Why it did not become live; empty when it did. */
    private Optional<String> pull(AppSources.Told push) throws InterruptedException {
        Optional<AppSource> source = sources.find(push.app());
        Optional<AppSettings> app = settings.find(push.app());
        if (source.isEmpty() || app.isEmpty()) {
            return Optional.of("the app has no source any more");
        }
        try {
            String host = source.get().url().getHost();
            if (reachable.of(host).isEmpty()) {
                return Optional.of(host + " has an address that is not public; operators allow others by"
                        + " slipway.webhooks.allowed-networks");
            }
            PushVerdict verdict = fetch.deploy(
                    new RepositoryAccess.Granted(push.app(), app.get().ref()),
                    new Principal.PlatformProcess(
                            "source-" + source.get().host().text()),
                    new SourceFetch.Origin(source.get().url(), source.get().user(), sources.password(push.app())),
                    push.branch(),
                    push.commit(),
                    new Nobody());
            return verdict instanceof PushVerdict.Rejected rejected
                    ? Optional.of(shortened(rejected.reason()))
                    : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.of("there is no host " + source.get().url().getHost());
        } catch (IOException e) {
            LOG.warnf(e, "A pull failed app=%s commit=%s", app.get().ref(), push.commit());
            return Optional.of(shortened("fetching failed: " + e.getMessage()));
        }
    }

    private static String shortened(String reason) {
        String plain = reason.replaceAll("\\p{Cntrl}", " ");
        return plain.substring(0, Math.min(plain.length(), LONGEST_REASON));
    }

    /** Nobody reads along; the build's output is kept. */
    private static final class Nobody implements PushOutput {
        @Override
        public void write(String text) {}

        @Override
        public boolean attached() {
            return false;
        }
    }
}
