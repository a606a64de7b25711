package dev.slipway.platform.reconcile;

import dev.slipway.platform.runtime.InstanceId;
import dev.slipway.platform.runtime.LaunchSpec;
import dev.slipway.platform.runtime.OneOff;
import dev.slipway.platform.runtime.Runtime;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Commands that are run once and live only as long as whoever waits for them: they have no row, and are removed when
 * this process has forgotten them.
 */
@ApplicationScoped
public class OneOffs {
    private final Runtime runtime;
    private final Set<InstanceId> running = ConcurrentHashMap.newKeySet();

    OneOffs(Runtime runtime) {
        this.runtime = runtime;
    }

    /** Whether somebody of this process waits for it. */
    boolean known(InstanceId id) {
        return running.contains(id);
    }

    /** Starts a command with its streams attached; closing the answer ends and removes it. */
    public OneOff start(LaunchSpec spec, boolean tty) {
        running.add(spec.id());
        try {
            return new Known(runtime.runOneOff(spec, tty));
        } catch (RuntimeException e) {
            running.remove(spec.id());
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
            } finally {
                running.remove(delegate.id());
            }
        }
    }
}
