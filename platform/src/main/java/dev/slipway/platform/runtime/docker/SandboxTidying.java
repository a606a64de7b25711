package dev.slipway.platform.runtime.docker;

import dev.slipway.platform.loop.Timer;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Removes used sandboxes and starts their successors some time after the build: right after it the engine has the
 * build's own instance to start, and it does little side by side. See {@code docs/decisions/0042-warm-sandboxes.md}.
 */
final class SandboxTidying {

    private final SandboxYard yard;
    private final Timer timer;
    private final Executor work;
    private final Duration delay;
    private final Runnable refill;
    private final Queue<WarmSandbox> used = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean due = new AtomicBoolean();
    private volatile boolean ended;

    /** @param refill starts what shall wait */
    SandboxTidying(SandboxYard yard, Timer timer, Executor work, Duration delay, Runnable refill) {
        this.yard = yard;
        this.timer = timer;
        this.work = work;
        this.delay = delay;
        this.refill = refill;
    }

    /** Tidies up when the delay is over, once for all who ask until then. */
    void soon() {
        if (!ended && due.compareAndSet(false, true)) {
            try {
                timer.after(delay, this::tidy);
            } catch (RejectedExecutionException stopping) {
                due.set(false);
            }
        }
    }

    /**
     * Takes a sandbox that no build uses any more.
     *
     * @param quiet whether nothing of the build is known to run in it, so that its removal has time
     */
    void take(WarmSandbox sandbox, boolean quiet) {
        if (quiet && !ended) {
            used.add(sandbox);
            soon();
        } else {
            work.execute(() -> yard.discard(sandbox.name()));
        }
    }

    private void tidy() {
        due.set(false);
        discardUsed();
        refill.run();
    }

    private void discardUsed() {
        for (WarmSandbox sandbox = used.poll(); sandbox != null; sandbox = used.poll()) {
            yard.discard(sandbox.name());
        }
    }

    /** Removes what waits for its removal; what comes later is removed at once. */
    void end() {
        ended = true;
        discardUsed();
    }
}
