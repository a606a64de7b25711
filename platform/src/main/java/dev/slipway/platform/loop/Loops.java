package dev.slipway.platform.loop;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/** Starts loops and, when the program ends, stops them: last started first, each within a bound. */
@ApplicationScoped
public class Loops {
    private static final Logger LOG = Logger.getLogger(Loops.class);
    private static final Duration BOUND_PER_LOOP = Duration.ofSeconds(10);

    private final Timer timer;
    private final RandomGenerator random;
    private final List<Loop> loops = new ArrayList<>();

    public Loops(Timer timer, RandomGenerator random) {
        this.timer = timer;
        this.random = random;
    }

    /**
     * Starts a loop with the standard back-off.
     *
     * @param name as it appears in the log, such as {@code reconcile}
     * @param interval from the end of a good pass to the begin of the next
     */
    public Loop start(String name, Duration interval, Loop.Pass pass) {
        return start(name, interval, Backoff.standard(), pass);
    }

    /** As {@link #start(String, Duration, Loop.Pass)}, with its own back-off. */
    public Loop start(String name, Duration interval, Backoff backoff, Loop.Pass pass) {
        Loop loop = new Loop(name, interval, backoff, pass, timer, random);
        synchronized (loops) {
            loops.add(loop);
        }
        loop.start();
        return loop;
    }

    /** Loops whose last pass failed, for the health page. */
    public List<String> failing() {
        synchronized (loops) {
            return loops.stream()
                    .filter(loop -> !loop.healthy())
                    .map(Loop::name)
                    .toList();
        }
    }

    void stopAll(@Observes @Priority(100) ShutdownEvent event) {
        stopAll();
    }

    void stopAll() {
        List<Loop> lastFirst;
        synchronized (loops) {
            lastFirst = List.copyOf(loops.reversed());
            loops.clear();
        }
        for (Loop loop : lastFirst) {
            if (!loop.stop(BOUND_PER_LOOP)) {
                LOG.warnf("loop did not end in time loop=%s bound=%s", loop.name(), BOUND_PER_LOOP);
            }
        }
    }
}
