package dev.slipway.registry.http;

import dev.slipway.registry.access.Action;
import dev.slipway.registry.access.Authentication;
import dev.slipway.registry.access.Caller;
import dev.slipway.registry.collect.Retention;
import dev.slipway.registry.mirror.Mirrors;
import dev.slipway.registry.oci.ErrorCode;
import dev.slipway.registry.oci.RegistryException;
import dev.slipway.registry.repository.Registry;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The whole {@code /v2/} API as one handler for any Vert.x server. What is in memory is answered on the event loop;
 * everything that may wait for the disk or for a port runs on the executor, which should give each task its own (virtual)
 * thread.
 */
public final class RegistryHttp implements Handler<HttpServerRequest> {
    private static final byte[] EMPTY_OBJECT = "{}".getBytes(StandardCharsets.UTF_8);

    private final Authentication authentication;
    private final Executor blocking;
    private final RequestLimits limits;
    private final RequestRate rate;
    private final Mirrors mirrors;
    private final Errors errors;
    private final TokenRoutes tokens;
    private final ManifestRoutes manifests;
    private final BlobRoutes blobs;
    private final UploadRoutes uploads;
    private final ListingRoutes listings;

    /**
     * The API of a registry.
     *
     * @param realm the address of the token endpoint for clients; empty to use the host each client used
     * @param blocking runs what may wait
     * @param limits limits of a request
     * @param mirrors fetch what is missing of other registries
     * @param retention tells what clients cannot delete either
     * @param clock measures how often who asks
     */
    public RegistryHttp(
            Registry registry,
            Authentication authentication,
            Optional<String> realm,
            Executor blocking,
            RequestLimits limits,
            Mirrors mirrors,
            Retention retention,
            InstantSource clock) {
        this.authentication = authentication;
        this.blocking = blocking;
        this.limits = limits;
        this.rate = new RequestRate(limits.requestsPerSecond(), clock);
        this.mirrors = mirrors;
        this.errors = new Errors(new Challenges(realm, authentication.service()));
        this.tokens = new TokenRoutes(authentication);
        this.manifests = new ManifestRoutes(registry, retention);
        this.blobs = new BlobRoutes(registry);
        this.uploads = new UploadRoutes(registry, authentication);
        this.listings = new ListingRoutes(registry);
    }

    @Override
    public void handle(HttpServerRequest request) {
        Exchange exchange = new Exchange(request, Vertx.currentContext(), limits);
        HttpMethod method = request.method();
        boolean read = method == HttpMethod.GET || method == HttpMethod.HEAD;
        if (!read) {
            exchange.holdBody();
        }
        request.response().putHeader(Headers.API_VERSION, "registry/2.0");
        try {
            RegistryPath path = RegistryPath.parse(request.path());
            Caller caller = authentication.byToken(request.getHeader("Authorization"));
            rate.enter(key(exchange, caller));
            if (caller != null) {
                exchange.setCaller(caller);
                if (read && answerKnown(exchange, path)) {
                    return;
                }
            }
            blocking.execute(() -> answerSlowly(exchange, path));
        } catch (RuntimeException e) {
            errors.answer(exchange, e);
        }
    }

    /** Who is not known, or not yet, counts as the address they come from. */
    private static String key(Exchange exchange, @Nullable Caller caller) {
        return caller == null || caller.principal().anonymous()
                ? "from " + exchange.address()
                : "as " + caller.principal().subject();
    }

    private boolean answerKnown(Exchange exchange, RegistryPath path) {
        return switch (path) {
            case RegistryPath.OfManifest manifest -> {
                authentication.require(exchange.caller(), manifest.repository(), Action.PULL);
                yield !mirrors.holds(manifest.repository()) && manifests.answerKnown(exchange, manifest);
            }
            case RegistryPath.OfBlob blob -> {
                authentication.require(exchange.caller(), blob.repository(), Action.PULL);
                yield blobs.answerKnown(exchange, blob);
            }
            default -> false;
        };
    }

    private void answerSlowly(Exchange exchange, RegistryPath path) {
        try {
            if (path instanceof RegistryPath.TokenIssue) {
                tokens.handle(exchange);
                return;
            }
            Caller caller = authentication.caller(exchange.header("Authorization"), exchange.address());
            exchange.setCaller(caller);
            if (caller instanceof Caller.ByPassword) {
                rate.enter(key(exchange, caller));
            }
            switch (path) {
                case RegistryPath.InRepository inside -> {
                    Action action = Challenges.action(inside, exchange.method());
                    authentication.require(exchange.caller(), inside.repository(), action);
                    route(exchange, inside);
                }
                case RegistryPath.Catalog all -> {
                    allow(exchange, HttpMethod.GET);
                    authentication.requireCatalog(exchange.caller());
                    listings.catalog(exchange);
                }
                default -> base(exchange);
            }
        } catch (RuntimeException e) {
            errors.answer(exchange, e);
        }
    }

    private static void base(Exchange exchange) {
        allow(exchange, HttpMethod.GET);
        if (exchange.caller() instanceof Caller.Nobody) {
            throw new RegistryException(ErrorCode.UNAUTHORIZED, "this registry wants to know who you are");
        }
        exchange.answerBytes(200, "application/json", EMPTY_OBJECT, response -> {});
    }

    private void route(Exchange exchange, RegistryPath.InRepository path) {
        String method = exchange.method().name();
        switch (path) {
            case RegistryPath.OfManifest manifest -> {
                switch (method) {
                    case "GET", "HEAD" -> {
                        if (mirrors.holds(manifest.repository())) {
                            mirrors.bring(manifest.repository(), manifest.reference());
                        }
                        manifests.get(exchange, manifest);
                    }
                    case "PUT" -> manifests.put(exchange, manifest);
                    case "DELETE" -> manifests.delete(exchange, manifest);
                    default -> throw unsupported(method);
                }
            }
            case RegistryPath.OfBlob blob -> {
                switch (method) {
                    case "GET" -> {
                        mirrors.bringBlob(blob.repository(), blob.digest());
                        blobs.get(exchange, blob);
                    }
                    case "HEAD" -> {
                        mirrors.bringBlob(blob.repository(), blob.digest());
                        blobs.head(exchange, blob);
                    }
                    case "DELETE" -> blobs.delete(exchange, blob);
                    default -> throw unsupported(method);
                }
            }
            case RegistryPath.OfUploads started -> {
                allow(exchange, HttpMethod.POST);
                uploads.post(exchange, started);
            }
            case RegistryPath.OfUpload upload -> {
                switch (method) {
                    case "GET", "HEAD" -> uploads.status(exchange, upload);
                    case "PATCH" -> uploads.patch(exchange, upload);
                    case "PUT" -> uploads.put(exchange, upload);
                    case "DELETE" -> uploads.cancel(exchange, upload);
                    default -> throw unsupported(method);
                }
            }
            case RegistryPath.OfTags tags -> {
                allow(exchange, HttpMethod.GET);
                listings.tags(exchange, tags);
            }
            case RegistryPath.OfReferrers referrers -> {
                allow(exchange, HttpMethod.GET);
                listings.referrers(exchange, referrers);
            }
        }
    }

    private static void allow(Exchange exchange, HttpMethod wanted) {
        HttpMethod method = exchange.method();
        if (method != wanted && !(wanted == HttpMethod.GET && method == HttpMethod.HEAD)) {
            throw unsupported(method.name());
        }
    }

    private static RegistryException unsupported(String method) {
        return new RegistryException(ErrorCode.UNSUPPORTED, method + " means nothing at this address");
    }
}
