package dev.slipway.platform.git;

import dev.slipway.platform.loop.Timer;
import dev.slipway.tenancy.tenant.FailedSignIns;
import io.quarkus.runtime.StartupEvent;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ExecutorService;

/** Puts the room together from its settings and ports, and mounts git over HTTP on the program's router. */
@ApplicationScoped
class GitWiring {
    private static final Duration MEASURE_AFTER = Duration.ofSeconds(5);

    @Produces
    @Singleton
    GitRepositories repositories(GitSettings settings) {
        return new GitRepositories(settings.directory());
    }

    @Produces
    @Singleton
    GitLimits limits(GitSettings settings) {
        return GitLimits.of(settings);
    }

    @Produces
    @Singleton
    GitServer server(
            GitRepositories repositories,
            GitAccess access,
            DeployBranch branches,
            PushReceiver receiver,
            ExecutorService threads,
            GitLimits limits) {
        return new GitServer(repositories, access, branches, receiver, threads, limits);
    }

    @Produces
    @Singleton
    SourceFetch sourceFetch(
            GitRepositories repositories, DeployBranch branches, PushReceiver receiver, GitLimits limits) {
        return new SourceFetch(repositories, branches, receiver, limits);
    }

    /** When the start is over: measuring takes a while and nobody waits for it. */
    void start(@Observes StartupEvent event, GitRepositories repositories, Timer timer) {
        timer.after(MEASURE_AFTER, repositories::measure);
    }

    void mount(
            @Observes Router router,
            GitServer server,
            Authenticator authenticator,
            FailedSignIns failures,
            GitLimits limits,
            ExecutorService threads) {
        new GitHttp(server, authenticator, failures, limits, threads).mount(router);
    }
}
