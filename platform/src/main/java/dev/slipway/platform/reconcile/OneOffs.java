package dev.slipway.platform.reconcile;

import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.runtime.InstanceId;
import dev.slipway.platform.runtime.LaunchSpec;
import dev.slipway.platform.runtime.OneOff;
import dev.slipway.platform.runtime.Runtimes;
import dev.slipway.platform.site.Fence;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Commands that are run once and live only as long as whoever waits for them. What a person runs holds quota and has a
 * row for that; the release phase of a deployment has none, as little as the deployment's second set of instances.
 */
@ApplicationScoped
public class OneOffs {
    private static final Logger LOG = Logger.getLogger(OneOffs.class);

    private final Runtimes runtimes;
    private final OneOffQuota quota;
    private final Fence fence;
    private final Set<InstanceId> running = ConcurrentHashMap.newKeySet();

    OneOffs(Runtimes runtimes, OneOffQuota quota, Fence fence) {
        this.runtimes = runtimes;
        this.quota = quota;
        this.fence = fence;
    }

    /** Reserves in the caller's transaction what the command will use; gives the reason when there is no quota. */
    public Optional<String> reserve(AppSettings app, LaunchSpec spec) {
        return quota.reserve(app, spec);
    }

    /** Says for the commands of this process that somebody waits for them. */
    void keepAlive() {
        quota.keepAlive(Set.copyOf(running));
    }

    /** Ends commands whose process is gone, and gives their quota back. For the leader. */
    void reap() {
        for (InstanceId id : quota.abandoned()) {
            if (!running.contains(id)) {
                runtimes.all().forEach(at -> at.runtime().remove(id));
                QuarkusTransaction.requiringNew().run(() -> {
                    fence.hold();
                    quota.release(id);
                });
                LOG.infof("gave back the quota of a command whose process is gone instance=%s", id);
            }
        }
    }

    /** Whether somebody of this process waits for it. */
    boolean known(InstanceId id) {
        return running.contains(id);
    }

    /** Starts a command with its streams attached; closing the answer ends it, removes it and gives its quota back. */
    public OneOff start(LaunchSpecs.OneOffSpec wanted, boolean tty) {
        InstanceId id = wanted.spec().id();
        running.add(id);
        try {
            return new Known(runtimes.of(wanted.site()).runOneOff(wanted.spec(), tty));
        } catch (RuntimeException e) {
            running.remove(id);
            quota.release(id);
            throw e;
        }
    }

    private final class Known implements OneOff {
        private final OneOff delegate;

        Known(OneOff delegate) {
            this.delegate = delegate;
        }

        @Override
        public InstanceId id() {
            return delegate.id();
        }

        @Override
        public OutputStream stdin() {
            return delegate.stdin();
        }

        @Override
        public InputStream stdout() {
            return delegate.stdout();
        }

        @Override
        public InputStream stderr() {
            return delegate.stderr();
        }

        @Override
        public void resize(int columns, int rows) {
            delegate.resize(columns, rows);
        }

        @Override
        public int waitForExit() throws InterruptedException {
            return delegate.waitForExit();
        }

        @Override
        public void kill() {
            delegate.kill();
        }

        @Override
        public void close() {
            try {
                delegate.close();
                quota.release(delegate.id());
            } finally {
                // What could not be ended holds its quota until the leader has ended it.
                running.remove(delegate.id());
            }
        }
    }
}
