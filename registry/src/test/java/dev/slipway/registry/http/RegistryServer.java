package dev.slipway.registry.http;

import dev.slipway.registry.TurnableClock;
import dev.slipway.registry.access.AccessDecision;
import dev.slipway.registry.access.AccessPolicy;
import dev.slipway.registry.access.Action;
import dev.slipway.registry.access.Authentication;
import dev.slipway.registry.access.PublicRepositories;
import dev.slipway.registry.access.RefreshTokens;
import dev.slipway.registry.access.RegistryPrincipal;
import dev.slipway.registry.access.SignInCount;
import dev.slipway.registry.access.TokenCodec;
import dev.slipway.registry.access.TokenKey;
import dev.slipway.registry.blob.FileBlobStore;
import dev.slipway.registry.blob.StoreTree;
import dev.slipway.registry.mirror.Mirrors;
import dev.slipway.registry.mirror.Upstream;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.RepositoryName;
import dev.slipway.registry.repository.Registry;
import dev.slipway.registry.repository.StorageQuota;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A real registry on a free port of the loopback. Alice owns acme/*, Bob owns rival/*, root lists everything, and everybody
 * may pull public/*. Passwords are the names with "-secret".
 */
final class RegistryServer implements AutoCloseable {
    static final Duration TOKEN_LIFE = Duration.ofMinutes(5);
    static final Duration FRESH = Duration.ofMinutes(1);
    static final Duration MIRROR_KEEP = Duration.ofDays(30);
    static final Duration REFRESH_LIFE = Duration.ofDays(30);
    static final RequestLimits LIMITS = new RequestLimits(Duration.ofSeconds(20), 1, 64, 0);
    private static final long CACHE_BYTES = 32L * 1024 * 1024;
    static final String SERVICE = "slipway";

    final TurnableClock clock = new TurnableClock();
    final TokenKey key = TokenKey.random();
    final Registry registry;
    final Authentication authentication;
    final Mirrors mirrors;
    final Set<Digest> released = ConcurrentHashMap.newKeySet();
    final WrongOnes failures = new WrongOnes();
    private final Set<String> changed = ConcurrentHashMap.newKeySet();
    private final Vertx vertx = Vertx.vertx();
    private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    RegistryServer(Path root) {
        this(root, LIMITS);
    }

    RegistryServer(Path root, RequestLimits limits) {
        this(root, limits, StorageQuota.unlimited());
    }

    RegistryServer(Path root, RequestLimits limits, StorageQuota quota) {
        this(root, limits, quota, List.of());
    }

    /** A registry that mirrors others; a tag is fresh for {@link #FRESH}. */
    RegistryServer(Path root, List<Upstream> upstreams) {
        this(root, LIMITS, StorageQuota.unlimited(), upstreams);
    }

    private RegistryServer(Path root, RequestLimits limits, StorageQuota quota, List<Upstream> upstreams) {
        StoreTree tree = new StoreTree(root);
        registry = new Registry(new FileBlobStore(tree, clock), tree, clock, CACHE_BYTES, quota);
        mirrors = new Mirrors(upstreams, registry, FRESH, MIRROR_KEEP, clock);
        authentication = new Authentication(
                (username, password) -> !changed.contains(username) && password.equals(username + "-secret")
                        ? Optional.of(new RegistryPrincipal(username))
                        : Optional.empty(),
                failures,
                new PublicRepositories(List.of("public/*"), mirrors.policy(new OwnersOnly())),
                new TokenCodec(key, SERVICE, clock),
                new RefreshTokens(key, SERVICE, REFRESH_LIFE, clock),
                TOKEN_LIFE,
                clock);
        RegistryHttp http = new RegistryHttp(
                registry,
                authentication,
                Optional.empty(),
                blocking,
                limits,
                mirrors,
                name -> Set.copyOf(released),
                clock);
        server = vertx.createHttpServer(new HttpServerOptions().setMaxChunkSize(64 * 1024))
                .requestHandler(http);
        await(server.listen(0, "127.0.0.1"));
    }

    int port() {
        return server.actualPort();
    }

    String host() {
        return "127.0.0.1:" + port();
    }

    /** From now on the user's known password is wrong. */
    void changePassword(String user) {
        changed.add(user);
    }

    static String basic(String user) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + user + "-secret").getBytes());
    }

    private static <T> T await(io.vertx.core.Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("the server neither started nor failed in time", e);
        }
    }

    @Override
    public void close() {
        await(vertx.close());
        blocking.close();
    }

    /** Turns addresses away that showed three wrong passwords. */
    static final class WrongOnes implements SignInCount {
        private final ConcurrentMap<String, Integer> counts = new ConcurrentHashMap<>();

        @Override
        public Optional<Duration> turnedAway(String address) {
            return counts.getOrDefault(address, 0) < 3 ? Optional.empty() : Optional.of(Duration.ofSeconds(59));
        }

        @Override
        public void failed(String address) {
            counts.merge(address, 1, Integer::sum);
        }
    }

    private static final class OwnersOnly implements AccessPolicy {
        private static final Map<String, String> OWNERS = Map.of("acme", "alice", "rival", "bob", "public", "alice");

        @Override
        public AccessDecision decide(RegistryPrincipal principal, RepositoryName repository, Action action) {
            String tenant = repository.components().getFirst();
            boolean owner = principal.subject().equals(OWNERS.get(tenant));
            return owner ? AccessDecision.allowed() : AccessDecision.denied();
        }

        @Override
        public boolean mayListRepositories(RegistryPrincipal principal) {
            return principal.subject().equals("root");
        }
    }
}
