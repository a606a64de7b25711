package dev.slipway.registry;

import dev.slipway.registry.access.AccessPolicy;
import dev.slipway.registry.access.Authentication;
import dev.slipway.registry.access.BasicCredentials;
import dev.slipway.registry.access.CredentialsVerifier;
import dev.slipway.registry.access.PublicRepositories;
import dev.slipway.registry.access.RefreshTokens;
import dev.slipway.registry.access.SignInCount;
import dev.slipway.registry.access.TokenCodec;
import dev.slipway.registry.access.TokenKey;
import dev.slipway.registry.blob.BlobStore;
import dev.slipway.registry.blob.FileBlobStore;
import dev.slipway.registry.blob.StoreTree;
import dev.slipway.registry.collect.Collector;
import dev.slipway.registry.collect.Pace;
import dev.slipway.registry.collect.Retention;
import dev.slipway.registry.collect.Verification;
import dev.slipway.registry.http.RegistryHttp;
import dev.slipway.registry.http.RequestLimits;
import dev.slipway.registry.mirror.Mirrors;
import dev.slipway.registry.mirror.Upstream;
import dev.slipway.registry.replicate.Bandwidth;
import dev.slipway.registry.replicate.CopyQueue;
import dev.slipway.registry.replicate.Replicator;
import dev.slipway.registry.replicate.Rest;
import dev.slipway.registry.repository.Registry;
import dev.slipway.registry.repository.SecondCopy;
import dev.slipway.registry.repository.StorageQuota;
import dev.slipway.registry.s3.Bucket;
import dev.slipway.registry.s3.BucketCopy;
import dev.slipway.registry.s3.S3BlobStore;
import io.quarkus.arc.DefaultBean;
import io.quarkus.virtual.threads.VirtualThreads;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/**
 * Puts the registry together from its settings and mounts it in the program's HTTP server. Who implements {@link
 * CredentialsVerifier}, {@link AccessPolicy} and {@link Retention} is found by CDI; without them nobody may do anything, and
 * only tags keep a manifest.
 */
@ApplicationScoped
public class RegistryAssembly {
    /** Before the server's own limit on bodies, which is meant for forms and not for layers. */
    private static final int BEFORE_EVERYTHING = -10_000;

    @Produces
    @Singleton
    StoreTree tree(RegistrySettings settings) {
        return new StoreTree(settings.root());
    }

    @Produces
    @Singleton
    @DefaultBean
    BlobStore blobs(
            StoreTree tree, RegistrySettings settings, InstantSource clock, @VirtualThreads ExecutorService behind) {
        return bucket(settings)
                .<BlobStore>map(bucket -> new S3BlobStore(bucket, clock, tree, clock, settings.maxBlobBytes()))
                .orElseGet(() -> new FileBlobStore(tree, clock, settings.maxBlobBytes(), behind));
    }

    private static Optional<Bucket> bucket(RegistrySettings settings) {
        RegistrySettings.S3 s3 = settings.s3();
        return s3.endpoint()
                .map(endpoint -> new Bucket(
                        endpoint,
                        s3.region(),
                        s3.bucket().orElse(""),
                        s3.prefix().orElse(""),
                        s3.accessKey().orElse(""),
                        s3.secretKey().orElse("")));
    }

    @Produces
    @Singleton
    SecondCopy secondCopy(StoreTree tree, RegistrySettings settings, InstantSource clock) {
        Optional<Bucket> bucket = bucket(settings);
        if (bucket.isEmpty()) {
            return SecondCopy.none();
        }
        BucketCopy copy = new BucketCopy(bucket.get(), clock, tree, clock);
        copy.open();
        return copy;
    }

    @Produces
    @Singleton
    Registry registry(
            BlobStore blobs,
            StoreTree tree,
            RegistrySettings settings,
            InstantSource clock,
            StorageQuota quota,
            SecondCopy second) {
        return new Registry(blobs, tree, clock, settings.cacheBytes(), quota, second);
    }

    @Produces
    @Singleton
    RefreshTokens refreshTokens(StoreTree tree, RegistrySettings settings, InstantSource clock) {
        return new RefreshTokens(TokenKey.in(tree.tokenKey()), settings.service(), settings.refreshLife(), clock);
    }

    @Produces
    @Singleton
    TokenCodec tokens(StoreTree tree, RegistrySettings settings, InstantSource clock) {
        return new TokenCodec(TokenKey.in(tree.tokenKey()), settings.service(), clock);
    }

    @Produces
    @Singleton
    Authentication authentication(
            CredentialsVerifier credentials,
            SignInCount failures,
            AccessPolicy policy,
            TokenCodec tokens,
            RefreshTokens refreshTokens,
            RegistrySettings settings,
            Mirrors mirrors,
            InstantSource clock) {
        AccessPolicy open =
                new PublicRepositories(settings.publicRepositories().orElse(List.of()), mirrors.policy(policy));
        return new Authentication(credentials, failures, open, tokens, refreshTokens, settings.tokenLife(), clock);
    }

    @Produces
    @Singleton
    RegistryHttp http(
            Registry registry,
            Authentication authentication,
            RegistrySettings settings,
            Mirrors mirrors,
            Retention retention,
            InstantSource clock,
            @VirtualThreads ExecutorService blocking) {
        RequestLimits limits = new RequestLimits(
                settings.bodyPatience(),
                settings.leastBodyBytes(),
                settings.uploadsPerCaller(),
                settings.requestsPerSecond());
        return new RegistryHttp(
                registry, authentication, settings.realm(), blocking, limits, mirrors, retention, clock);
    }

    @Produces
    @Singleton
    Mirrors mirrors(Registry registry, RegistrySettings settings, InstantSource clock) {
        return new Mirrors(
                upstreams(settings.mirrors()), registry, settings.mirrorFresh(), settings.mirrorKeep(), clock);
    }

    @Produces
    @Singleton
    Replicator replicator(
            StoreTree tree, Registry registry, RegistrySettings settings, Instance<Rest> rest, InstantSource clock) {
        return new Replicator(
                upstreams(settings.replicas()),
                registry,
                new CopyQueue(tree),
                Bandwidth.parse(settings.replicaBandwidth()),
                rest.isResolvable() ? rest.get() : duration -> {},
                clock);
    }

    private static List<Upstream> upstreams(Map<String, RegistrySettings.MirrorSettings> settings) {
        return settings.entrySet().stream()
                .map(entry -> new Upstream(
                        entry.getKey(),
                        entry.getValue().url(),
                        entry.getValue()
                                .username()
                                .map(name -> new BasicCredentials(
                                        name, entry.getValue().password().orElse("")))))
                .toList();
    }

    @Produces
    @Singleton
    Collector collector(
            Registry registry,
            Retention retention,
            Mirrors mirrors,
            RegistrySettings settings,
            InstantSource clock,
            Pace pace) {
        return new Collector(registry, mirrors.retention(retention), settings.collectGrace(), clock, pace);
    }

    @Produces
    @Singleton
    Verification verification(Registry registry, Pace pace) {
        return new Verification(registry, pace);
    }

    @Produces
    @DefaultBean
    @Singleton
    Pace pace() {
        return Pace.full();
    }

    @Produces
    @DefaultBean
    @Singleton
    StorageQuota quota() {
        return StorageQuota.unlimited();
    }

    @Produces
    @DefaultBean
    @Singleton
    Retention retention() {
        return Retention.tagsOnly();
    }

    @Produces
    @DefaultBean
    @Singleton
    CredentialsVerifier nobody() {
        return CredentialsVerifier.nobody();
    }

    @Produces
    @DefaultBean
    @Singleton
    SignInCount uncounted() {
        return SignInCount.none();
    }

    @Produces
    @DefaultBean
    @Singleton
    AccessPolicy nothing() {
        return AccessPolicy.nothing();
    }

    void mount(@Observes Router router, RegistryHttp http) {
        router.route("/v2").order(BEFORE_EVERYTHING).handler(context -> http.handle(context.request()));
        router.route("/v2/*").order(BEFORE_EVERYTHING).handler(context -> http.handle(context.request()));
    }
}
