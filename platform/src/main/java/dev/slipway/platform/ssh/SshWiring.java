package dev.slipway.platform.ssh;

import dev.slipway.platform.git.Authenticator;
import dev.slipway.platform.git.GitServer;
import dev.slipway.tenancy.tenant.FailedSignIns;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;

/** Starts the ssh server after everything it calls, and stops it before. */
@ApplicationScoped
class SshWiring {
    private static final Duration GRACE = Duration.ofSeconds(5);

    @Produces
    @Singleton
    SshGate gate(
            SshSettings settings,
            Authenticator authenticator,
            FailedSignIns failures,
            GitServer git,
            VerbRunner verbs,
            ExecutorService threads) {
        return new SshGate(settings, authenticator, failures, git, verbs, threads);
    }

    void start(
            @Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) StartupEvent event,
            SshSettings settings,
            SshGate gate)
            throws IOException {
        if (settings.enabled()) {
            gate.start();
        }
    }

    void stop(
            @Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) ShutdownEvent event,
            SshSettings settings,
            SshGate gate)
            throws IOException {
        if (settings.enabled()) {
            gate.stop(GRACE);
        }
    }
}
