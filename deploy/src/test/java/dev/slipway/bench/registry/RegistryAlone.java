package dev.slipway.bench.registry;

import dev.slipway.registry.access.AccessDecision;
import dev.slipway.registry.access.AccessPolicy;
import dev.slipway.registry.access.Action;
import dev.slipway.registry.access.Authentication;
import dev.slipway.registry.access.RefreshTokens;
import dev.slipway.registry.access.RegistryPrincipal;
import dev.slipway.registry.access.SignInCount;
import dev.slipway.registry.access.TokenCodec;
import dev.slipway.registry.access.TokenKey;
import dev.slipway.registry.collect.Retention;
import dev.slipway.registry.http.RegistryHttp;
import dev.slipway.registry.http.RequestLimits;
import dev.slipway.registry.mirror.Mirrors;
import dev.slipway.registry.oci.RepositoryName;
import dev.slipway.registry.repository.Registry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The registry on one event loop, with its doors: everybody signs in as {@code bench}, gets a token and may do everything. */
public final class RegistryAlone {
    /** Counting requests is measured too, refusing them is not. */
    private static final int MORE_THAN_COME = 1_000_000;

    /** As in the program's settings. */
    private static final int PIECE = 64 * 1024;

    private static final Duration TOKEN_LIFE = Duration.ofHours(1);

    private RegistryAlone() {}

    /** @param args port to listen on, directory of the store */
    public static void main(String[] args) throws InterruptedException {
        Clock clock = Clock.systemUTC();
        TokenKey key = TokenKey.random();
        Authentication authentication = new Authentication(
                (username, password) ->
                        Optional.of(new RegistryPrincipal(username)).filter(who -> password.equals("bench")),
                SignInCount.none(),
                new Everything(),
                new TokenCodec(key, "bench", clock),
                new RefreshTokens(key, "bench", TOKEN_LIFE, clock),
                TOKEN_LIFE,
                clock);
        ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
        Registry registry = Registry.onFiles(Path.of(args[1]), clock, blocking);
        RegistryHttp http = new RegistryHttp(
                registry,
                authentication,
                Optional.empty(),
                blocking,
                new RequestLimits(Duration.ofSeconds(60), 1, 64, MORE_THAN_COME),
                new Mirrors(List.of(), registry, TOKEN_LIFE, TOKEN_LIFE, clock),
                Retention.tagsOnly(),
                clock);
        Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true))
                .createHttpServer(new HttpServerOptions().setMaxChunkSize(PIECE))
                .requestHandler(http)
                .listen(Integer.parseInt(args[0]), "127.0.0.1")
                .onSuccess(server -> System.out.println("listening " + server.actualPort()))
                .onFailure(failure -> {
                    System.err.println("cannot listen on " + args[0] + ": " + failure);
                    System.exit(1);
                });
        Thread.currentThread().join();
    }

    private static final class Everything implements AccessPolicy {
        @Override
        public AccessDecision decide(RegistryPrincipal principal, RepositoryName repository, Action action) {
            return principal.anonymous() ? AccessDecision.denied() : AccessDecision.allowed();
        }

        @Override
        public boolean mayListRepositories(RegistryPrincipal principal) {
            return !principal.anonymous();
        }
    }
}
