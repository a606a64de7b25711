package dev.slipway.platform.loop;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The one shape of long-lived loop: run a pass, then schedule the next.
 *
 * <p>Passes never overlap. {@link #wake()} asks for a pass now; asked during a pass, it gives one more right after it,
 * however often it was asked. A pass that throws is repeated with {@link Backoff}; a wake-up then shortens the wait to
 * the first back-off step but not to nothing, so that a storm of events does not become a storm of failures. A loop
 * that goes down says so once, and once when it is up again.
 */
public final class Loop implements AutoCloseable {
    /** One pass. It should look at the whole world anew: a wake-up carries no message. */
    @FunctionalInterface
    public interface Pass {
        void run() throws Exception;
    }

    private static final Logger LOG = Logger.getLogger(Loop.class);
    private static final Duration STOP_BOUND = Duration.ofSeconds(10);

    private final String name;
    private final Duration interval;
    private final Backoff backoff;
    private final Pass pass;
    private final Timer timer;
    private final RandomGenerator random;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private boolean started;
    private boolean stopped;
    private boolean woken;
    private int failures;
    private @Nullable Thread running;
    private Timer.@Nullable Scheduled next;

    /** See {@link Loops#start}, which also stops what it started. */
    Loop(String name, Duration interval, Backoff backoff, Pass pass, Timer timer, RandomGenerator random) {
        this.name = name;
        this.interval = interval;
        this.backoff = backoff;
        this.pass = pass;
        this.timer = timer;
        this.random = random;
    }

    public String name() {
        return name;
    }

    /** Begins with a first pass at once. Starting twice is the same as once. */
    void start() {
        lock.lock();
        try {
            if (!started && !stopped) {
                started = true;
                schedule(Duration.ZERO);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Asks for a pass now. Cheap, and safe from any thread. */
    public void wake() {
        lock.lock();
        try {
            if (!started || stopped || woken) {
                return;
            }
            woken = true;
            if (running == null) {
                schedule(failures == 0 ? Duration.ZERO : backoff.after(1, random));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether the last pass ended well; true before the first, and once it was stopped. */
    public boolean healthy() {
        lock.lock();
        try {
            return failures == 0 || stopped;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends the loop. A pass that runs may finish within {@code bound}, then its thread is interrupted.
     *
     * @return whether no pass runs any more
     */
    public boolean stop(Duration bound) {
        lock.lock();
        try {
            stopped = true;
            cancelNext();
            if (running == Thread.currentThread()) {
                return true;
            }
            if (!awaitEnd(bound) && running != null) {
                running.interrupt();
                awaitEnd(Duration.ofMillis(500));
            }
            return running == null;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        stop(STOP_BOUND);
    }

    private boolean awaitEnd(Duration bound) {
        long left = bound.toNanos();
        try {
            while (running != null && left > 0) {
                left = ended.awaitNanos(left);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return running == null;
    }

    private void turn() {
        if (!begin()) {
            return;
        }
        Throwable failure = null;
        try {
            pass.run();
        } catch (Throwable thrown) { // also a linkage error must not end a loop silently
            failure = thrown;
        }
        end(failure);
    }

    private boolean begin() {
        lock.lock();
        try {
            if (stopped || running != null) {
                return false;
            }
            next = null;
            woken = false;
            running = Thread.currentThread();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void end(@Nullable Throwable failure) {
        lock.lock();
        try {
            running = null;
            ended.signalAll();
            if (stopped) {
                return;
            }
            report(failure);
            if (failure != null) {
                schedule(backoff.after(woken ? 1 : failures, random));
            } else {
                schedule(woken ? Duration.ZERO : interval);
            }
        } finally {
            lock.unlock();
        }
    }

    private void report(@Nullable Throwable failure) {
        if (failure == null) {
            if (failures > 0) {
                LOG.infof("loop is up again loop=%s failures=%d", name, failures);
            }
            failures = 0;
            return;
        }
        failures++;
        if (failures == 1) {
            LOG.warnf(failure, "loop is down, it goes on trying loop=%s", name);
        } else {
            LOG.debugf(failure, "loop is still down loop=%s failures=%d", name, failures);
        }
    }

    private void schedule(Duration delay) {
        cancelNext();
        next = timer.after(delay, this::turn);
    }

    private void cancelNext() {
        Timer.Scheduled waiting = next;
        if (waiting != null) {
            waiting.cancel();
            next = null;
        }
    }
}
