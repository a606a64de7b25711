package dev.slipway.platform.git;

import dev.slipway.platform.ssh.SshGate;
import dev.slipway.platform.ssh.SshSettings;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.identity.AppId;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.UserId;
import dev.slipway.tenancy.tenant.FailedSignIns;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jgit.util.FS;

/** A git server with both transports on free ports, with hand-written ports behind it: app {@code acme/shop}, person Ada. */
public final class GitWorld implements AutoCloseable {
    static {
        // Measuring the file system beside a test would leave a file in a directory that the test's end removes.
        IsolatedSystemReader.install();
        FS.FileStoreAttributes.setBackground(false);
    }

    static final String TOKEN = "slp_right";
    static final Principal ADA = new Principal.Person(new UserId(UUID.randomUUID()), "ada", false);
    static final GitLimits LIMITS = new GitLimits(
            512L << 20, 256L << 20, 4L << 30, 100_000, 64, Duration.ofSeconds(30), Duration.ofMillis(100));

    /** What the receiver does; each test sets its own. */
    volatile PushReceiver receiver = (push, out) -> {
        out.line("=====> Live: " + push.commit().id().abbreviated());
        return new PushVerdict.Accepted(nextRelease());
    };

    public volatile dev.slipway.platform.ssh.VerbRunner verbs = call -> 0;
    final AppId app = AppId.random();
    final List<AcceptedPush> pushes = new CopyOnWriteArrayList<>();
    final Map<AppId, String> deployBranch = new ConcurrentHashMap<>();
    final GitRepositories repositories;
    public final Path home;
    private final AtomicLong releases = new AtomicLong();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Vertx vertx = Vertx.vertx();
    private final HttpServer http;
    private final SshGate ssh;
    private final String fingerprint;

    public GitWorld(Path home) throws Exception {
        this(home, LIMITS);
    }

    GitWorld(Path home, GitLimits limits) throws Exception {
        this.home = home;
        repositories = new GitRepositories(home.resolve("git"));
        for (String key : List.of("right", "wrong")) {
            Commands.run(
                    home,
                    Map.of(),
                    "ssh-keygen",
                    "-q",
                    "-t",
                    "ed25519",
                    "-N",
                    "",
                    "-f",
                    home.resolve(key).toString());
        }
        fingerprint = Commands.run(
                        home,
                        Map.of(),
                        "ssh-keygen",
                        "-l",
                        "-f",
                        home.resolve("right.pub").toString())
                .output()
                .split(" ")[1];
        GitServer server = new GitServer(
                repositories,
                (who, ref, want) -> ref.equals(AppRef.of("acme/shop"))
                        ? new RepositoryAccess.Granted(app, ref)
                        : new RepositoryAccess.NotFound("There is no app " + ref + "."),
                new Branches(),
                (push, out) -> {
                    pushes.add(push);
                    return receiver.accept(push, out);
                },
                threads,
                limits);
        FailedSignIns failures = new FailedSignIns(1000, Duration.ofMinutes(1), InstantSource.system());
        Authenticator authenticator = new People();
        Router router = Router.router(vertx);
        new GitHttp(server, authenticator, failures, limits, threads).mount(router);
        http = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        ssh = new SshGate(new Settings(home), authenticator, failures, server, call -> verbs.run(call), threads);
        ssh.start();
    }

    long nextRelease() {
        return releases.incrementAndGet();
    }

    String url(AcceptedPush.Transport transport) {
        return transport == AcceptedPush.Transport.SSH
                ? "ssh://slipway@127.0.0.1:" + ssh.port() + "/acme/shop.git"
                : "http://any:" + TOKEN + "@127.0.0.1:" + httpPort() + "/git/acme/shop.git";
    }

    int httpPort() {
        return http.actualPort();
    }

    /** The ssh command line for a key, up to and with the host. */
    public List<String> ssh(String key) {
        return List.of(
                "ssh",
                "-F",
                "none",
                "-o",
                "StrictHostKeyChecking=accept-new",
                "-o",
                "IdentitiesOnly=yes",
                "-o",
                "BatchMode=yes",
                "-o",
                "UserKnownHostsFile=" + home.resolve("known_hosts"),
                "-i",
                home.resolve(key).toString(),
                "-p",
                String.valueOf(ssh.port()),
                "slipway@127.0.0.1");
    }

    /** A fresh working copy on branch main with one committed file. */
    WorkingCopy workingCopy(String name) throws Exception {
        Path directory = Files.createDirectories(home.resolve(name));
        WorkingCopy copy = new WorkingCopy(directory, home);
        copy.git("init", "-q", "-b", "main");
        copy.commit("hello.txt", "hello\n");
        return copy;
    }

    String remoteRef(String ref) throws IOException {
        try (var repository = repositories.openOrCreate(app)) {
            var found = repository.exactRef(ref);
            return found == null ? "" : found.getObjectId().name();
        }
    }

    @Override
    public void close() throws Exception {
        ssh.stop(Duration.ofSeconds(1));
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        threads.shutdownNow();
    }

    private final class People implements Authenticator {
        @Override
        public Optional<Principal> byToken(String token) {
            return token.equals(TOKEN) ? Optional.of(ADA) : Optional.empty();
        }

        @Override
        public Optional<Principal> byPublicKey(String offered) {
            return offered.equals(fingerprint) ? Optional.of(ADA) : Optional.empty();
        }
    }

    private final class Branches implements DeployBranch {
        @Override
        public Optional<String> of(AppId id) {
            return Optional.ofNullable(deployBranch.get(id));
        }

        @Override
        public String claim(AppId id, String branch, Optional<String> expected) {
            return deployBranch.compute(
                    id, (key, now) -> Optional.ofNullable(now).equals(expected) || now == null ? branch : now);
        }
    }

    private record Settings(Path home) implements SshSettings {
        @Override
        public boolean enabled() {
            return true;
        }

        @Override
        public String host() {
            return "127.0.0.1";
        }

        @Override
        public int port() {
            return 0;
        }

        @Override
        public Path hostKey() {
            return home.resolve("ssh/host-ed25519");
        }

        @Override
        public int maxSessions() {
            return 100;
        }

        @Override
        public int maxSignInTries() {
            return 20;
        }

        @Override
        public Duration signInTimeout() {
            return Duration.ofSeconds(30);
        }

        @Override
        public Duration idleTimeout() {
            return Duration.ofMinutes(5);
        }

        @Override
        public Duration heartbeat() {
            return Duration.ofSeconds(30);
        }
    }
}
