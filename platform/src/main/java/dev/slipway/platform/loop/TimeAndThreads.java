package dev.slipway.platform.loop;

import io.quarkus.arc.Unremovable;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;

/** The program's only clock, timer and threads, for injection. */
@ApplicationScoped
class TimeAndThreads {
    /** Also satisfies {@code InstantSource}, which a clock is. */
    @Produces
    @Singleton
    @Unremovable
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    @Typed(RandomGenerator.class)
    RandomGenerator random() {
        return new SecureRandom();
    }

    /** One virtual thread for each task: blocking is fine. Preferred to the pool that Quarkus offers for injection. */
    @Produces
    @Alternative
    @Priority(Interceptor.Priority.APPLICATION)
    @Singleton
    @Unremovable
    @Typed({ExecutorService.class, Executor.class})
    ExecutorService work() {
        ThreadFactory plain = Thread.ofVirtual().name("slipway-", 0).factory();
        // A thread made by a library's thread would inherit that one's class loader, and find no configuration.
        ClassLoader ours = TimeAndThreads.class.getClassLoader();
        return Executors.newThreadPerTaskExecutor(task -> {
            Thread thread = plain.newThread(task);
            thread.setContextClassLoader(ours);
            return thread;
        });
    }

    void end(@Disposes ExecutorService work) {
        work.shutdownNow();
    }

    @Produces
    @Singleton
    @Typed(Timer.class)
    Timer timer(ExecutorService work) {
        ScheduledExecutorService time = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("slipway-timer").factory());
        return new SystemTimer(time, work);
    }

    void end(@Disposes Timer timer) {
        ((SystemTimer) timer).close();
    }

    /** Blocks the calling thread, which is a virtual one. */
    @Produces
    @Singleton
    Pause pause() {
        return Thread::sleep;
    }
}
