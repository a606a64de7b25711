package dev.slipway.platform.command;

import dev.slipway.platform.loop.Timer;
import dev.slipway.tenancy.access.Authorizer;
import dev.slipway.tenancy.access.Decision;
import dev.slipway.tenancy.access.DeniedException;
import dev.slipway.tenancy.access.Permission;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.access.Subject;
import dev.slipway.tenancy.identity.AppRef;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Ends what goes on for long, such as a live stream, when who asked for it may no longer (decision 0055). */
@ApplicationScoped
class StandingGuard {
    private static final Duration EVERY = Duration.ofSeconds(10);

    private final Authorizer authorizer;
    private final Timer timer;

    StandingGuard(Authorizer authorizer, Timer timer) {
        this.authorizer = authorizer;
        this.timer = timer;
    }

    /**
     * Looks every ten seconds, until it is closed.
     *
     * @param end what to do, once, when the principal may no longer
     */
    Watch watch(Principal principal, Permission permission, AppRef ref, Runnable end) {
        return watch(principal, permission, Subject.of(ref), end);
    }

    private Watch watch(Principal principal, Permission permission, Subject subject, Runnable end) {
        Watch watch = new Watch(principal, permission, subject, end);
        watch.again();
        return watch;
    }

    /** Something that blocks until its thread is interrupted. */
    @FunctionalInterface
    interface Work {
        void run() throws InterruptedException;
    }

    /**
     * Runs something on this thread and interrupts it when the principal may no longer.
     *
     * @throws DeniedException if that is why it ended
     */
    void during(Principal principal, Permission permission, AppRef ref, Work work) throws InterruptedException {
        during(principal, permission, Subject.of(ref), work);
    }

    /** As the other, about anything. */
    void during(Principal principal, Permission permission, Subject subject, Work work) throws InterruptedException {
        Thread worker = Thread.currentThread();
        Watch watch = watch(principal, permission, subject, worker::interrupt);
        try {
            work.run();
        } catch (InterruptedException e) {
            watch.close();
            watch.orThrow();
            throw e;
        } finally {
            watch.close();
        }
        if (watch.denied.get() != null) {
            Thread.interrupted();
            watch.orThrow();
        }
    }

    final class Watch implements AutoCloseable {
        private final Principal principal;
        private final Permission permission;
        private final Subject subject;
        private final Runnable end;
        private final AtomicReference<Decision.@Nullable Denied> denied = new AtomicReference<>();
        private Timer.@Nullable Scheduled next;
        private boolean closed;

        private Watch(Principal principal, Permission permission, Subject subject, Runnable end) {
            this.principal = principal;
            this.permission = permission;
            this.subject = subject;
            this.end = end;
        }

        private synchronized void again() {
            if (!closed) {
                next = timer.after(EVERY, this::look);
            }
        }

        private void look() {
            Decision decision = authorizer.decide(principal, permission, subject);
            synchronized (this) {
                if (closed) {
                    return;
                }
                if (decision instanceof Decision.Denied no) {
                    authorizer.attempt(principal, permission, subject);
                    denied.set(no);
                    closed = true;
                    end.run();
                    return;
                }
            }
            again();
        }

        void orThrow() {
            Decision.Denied no = denied.get();
            if (no != null) {
                throw new DeniedException(permission, subject, no);
            }
        }

        @Override
        public synchronized void close() {
            closed = true;
            Timer.Scheduled waiting = next;
            if (waiting != null) {
                waiting.cancel();
            }
        }
    }
}
