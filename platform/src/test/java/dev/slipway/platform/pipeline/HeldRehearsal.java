package dev.slipway.platform.pipeline;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Stops the pipeline at a step, so that a test can do something there, and then lets its thread fail like a crash. */
@Alternative
@Priority(10_000)
@Singleton
class HeldRehearsal extends Rehearsal {
    private static final long BOUND_SECONDS = 30;

    private final AtomicReference<Hold> next = new AtomicReference<>();

    HeldRehearsal(@ConfigProperty(name = "slipway.home") Path home) {
        super(home);
    }

    /** One thread that is stopped at a step. */
    static final class Hold {
        private final Step step;
        private final CountDownLatch arrived = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);
        private volatile boolean crash;

        private Hold(Step step) {
            this.step = step;
        }

        void awaitArrival() throws InterruptedException {
            if (!arrived.await(BOUND_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("the pipeline did not come to " + step);
            }
        }

        void goOn() {
            released.countDown();
        }

        void crash() {
            crash = true;
            released.countDown();
        }
    }

    /** Stops the first thread that comes to the step. */
    Hold hold(Step step) {
        Hold hold = new Hold(step);
        next.set(hold);
        return hold;
    }

    @Override
    void reached(Step step) {
        Hold hold = next.get();
        if (hold == null || hold.step != step || !next.compareAndSet(hold, null)) {
            return;
        }
        hold.arrived.countDown();
        try {
            if (!hold.released.await(BOUND_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody let the pipeline go on from " + step);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (hold.crash) {
            throw new IllegalStateException("crashes at " + step + " as the test wants it");
        }
    }
}
