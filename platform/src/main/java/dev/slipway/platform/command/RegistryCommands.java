package dev.slipway.platform.command;

import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.release.Release;
import dev.slipway.platform.release.Releases;
import dev.slipway.registry.archive.ImageArchive;
import dev.slipway.registry.collect.CollectionReport;
import dev.slipway.registry.collect.Collector;
import dev.slipway.registry.collect.Verification;
import dev.slipway.registry.collect.VerificationReport;
import dev.slipway.registry.oci.Descriptor;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.Reference;
import dev.slipway.registry.oci.RegistryException;
import dev.slipway.registry.oci.RepositoryName;
import dev.slipway.registry.oci.Tag;
import dev.slipway.registry.replicate.Copy;
import dev.slipway.registry.replicate.Replicator;
import dev.slipway.registry.repository.ImageSummary;
import dev.slipway.registry.repository.Registry;
import dev.slipway.tenancy.access.Authorizer;
import dev.slipway.tenancy.access.Permission;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.access.Subject;
import dev.slipway.tenancy.audit.AuditEntry;
import dev.slipway.tenancy.audit.AuditLog;
import dev.slipway.tenancy.audit.AuditSubject;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.NotPossibleException;
import dev.slipway.tenancy.identity.TenantName;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The registry as people look after it: images, usage, clean-up, verification, archives. */
@ApplicationScoped
public class RegistryCommands {
    private static final int RELEASES_TOLD = 1000;

    private final Authorizer authorizer;
    private final AppDoor door;
    private final Registry registry;
    private final Collector collector;
    private final Verification verification;
    private final Replicator replicator;
    private final InstantSource clock;
    private final Releases releases;
    private final AuditLog audit;

    RegistryCommands(
            Authorizer authorizer,
            AppDoor door,
            Registry registry,
            Collector collector,
            Verification verification,
            Replicator replicator,
            InstantSource clock,
            Releases releases,
            AuditLog audit) {
        this.authorizer = authorizer;
        this.door = door;
        this.registry = registry;
        this.collector = collector;
        this.verification = verification;
        this.replicator = replicator;
        this.clock = clock;
        this.releases = releases;
        this.audit = audit;
    }

    /**
     * An image of an app.
     *
     * @param bytes of itself, its configuration and its layers
     * @param pushedBy empty for what nobody signed in for
     * @param releases that are made of it, the newest first, such as {@code v12}
     * @param referrers kinds of the artifacts about it, such as signatures and bills of materials
     */
    public record ImageFacts(
            String digest,
            List<String> tags,
            long bytes,
            List<LayerFacts> layers,
            Instant pushedAt,
            Optional<String> pushedBy,
            List<String> releases,
            List<String> referrers) {}

    /** A layer of an image. */
    public record LayerFacts(String digest, long bytes) {}

    /**
     * What an app takes in the registry.
     *
     * @param bytes of all it has
     * @param ownBytes of what no other app has too
     */
    public record StorageFacts(String app, int tags, int images, long bytes, long ownBytes) {}

    /** The images of an app, the newest first. */
    public List<ImageFacts> images(Principal principal, AppRef ref) {
        AppSettings app = door.enter(principal, Permission.REGISTRY_PULL, ref);
        List<Release> made = releases.list(app.id(), Integer.MAX_VALUE, RELEASES_TOLD);
        return registry.images(repository(ref)).stream()
                .map(image -> facts(image, made))
                .toList();
    }

    private static ImageFacts facts(ImageSummary image, List<Release> made) {
        return new ImageFacts(
                image.digest().toString(),
                image.tags().stream().map(Tag::value).toList(),
                image.bytes(),
                image.layers().stream()
                        .map(layer -> new LayerFacts(layer.digest().toString(), layer.size()))
                        .toList(),
                image.pushedAt(),
                image.pushedBy(),
                made.stream()
                        .filter(release ->
                                release.imageDigest().equals(image.digest().toString()))
                        .map(Release::version)
                        .toList(),
                image.referrers().stream().map(RegistryCommands::kind).toList());
    }

    private static String kind(Descriptor referrer) {
        return referrer.artifactType().orElse(referrer.mediaType()).value();
    }

    /** What the apps of a tenant take, by name. */
    public List<StorageFacts> usage(Principal principal, TenantName tenant) {
        authorizer.require(principal, Permission.TENANT_VIEW, Subject.of(tenant));
        String prefix = tenant + "/";
        return registry.usage().stream()
                .filter(usage -> usage.repository().value().startsWith(prefix))
                .map(usage -> new StorageFacts(
                        usage.repository().value(), usage.tags(), usage.manifests(), usage.bytes(), usage.ownBytes()))
                .toList();
    }

    /** Takes a tag, or by digest an image with all its tags, from an app. What a release is made of stays. */
    public void delete(Principal principal, AppRef ref, String reference) {
        door.enter(principal, Permission.REGISTRY_PUSH, ref);
        Reference wanted = refusing(() -> Reference.parse(reference));
        if (wanted instanceof Digest && releases.images(ref.toString()).contains(reference)) {
            throw new NotPossibleException(
                    "image", reference, "A release of " + ref + " is made of this image: it stays as long as that.");
        }
        if (!registry.deleteManifest(repository(ref), wanted)) {
            throw new NotPossibleException("image", reference, "There is no such tag or digest in " + ref + ".");
        }
        record(principal, "registry.delete", AuditSubject.part(ref, reference));
    }

    /** Cleans up the whole store once; operators. */
    public CollectionReport collect(Principal principal, boolean dryRun) {
        authorizer.require(principal, Permission.PLATFORM_OPERATE, Subject.platform());
        if (!dryRun) {
            record(principal, "registry.collect", AuditSubject.platform());
        }
        return collector.collect(dryRun);
    }

    /** Reads and hashes the whole store once; operators. */
    public VerificationReport verify(Principal principal, boolean repair) {
        authorizer.require(principal, Permission.PLATFORM_OPERATE, Subject.platform());
        if (repair) {
            record(principal, "registry.repair", AuditSubject.platform());
        }
        return verification.run(repair);
    }

    /**
     * Copies that are still to be made.
     *
     * @param current how far the copy is that is being made
     * @param bytesSent by all copies since the start
     */
    public record CopiesFacts(
            List<CopyFacts> waiting, long lagSeconds, Optional<ProgressFacts> current, long bytesSent) {}

    /** How far a copy is: of its bytes, how many are there. */
    public record ProgressFacts(String target, String image, long bytesThere, long bytes) {}

    /** A copy that is still to be made. */
    public record CopyFacts(
            String target, String image, int priority, Instant wantedAt, int attempts, Optional<String> trouble) {}

    /** Wishes for a copy of an image in another registry; operators. */
    public void replicate(Principal principal, AppRef ref, String reference, String target, int priority) {
        authorizer.require(principal, Permission.PLATFORM_OPERATE, Subject.platform());
        Reference wanted = refusing(() -> Reference.parse(reference));
        Digest digest = stored(ref, wanted);
        Optional<Tag> tag = wanted instanceof Tag called ? Optional.of(called) : Optional.empty();
        try {
            replicator.replicate(Copy.of(target, repository(ref), digest, tag, priority, clock.instant()));
        } catch (IllegalArgumentException e) {
            throw new NotPossibleException("registry", target, "No: " + e.getMessage() + ".");
        }
        record(principal, "registry.replicate", AuditSubject.part(ref, reference));
    }

    private static String image(Copy copy) {
        return copy.repository() + "@" + copy.digest();
    }

    /** What is still to be copied to other registries, the next first; operators. */
    public CopiesFacts copies(Principal principal) {
        authorizer.require(principal, Permission.PLATFORM_OPERATE, Subject.platform());
        List<CopyFacts> waiting = replicator.waiting().stream()
                .map(copy -> new CopyFacts(
                        copy.target(), image(copy), copy.priority(), copy.wantedAt(), copy.attempts(), copy.trouble()))
                .toList();
        Optional<ProgressFacts> current = replicator
                .progress()
                .map(some ->
                        new ProgressFacts(some.copy().target(), image(some.copy()), some.bytesThere(), some.bytes()));
        return new CopiesFacts(waiting, replicator.lag().toSeconds(), current, replicator.bytesSent());
    }

    /** An image that is there and may be had, as a tar. */
    @FunctionalInterface
    public interface Export {
        /** Writes the tar; does not close. */
        void to(OutputStream out);
    }

    /** An image of an app as a tar; what can be refused is refused here, before a byte is written. */
    public Export export(Principal principal, AppRef ref, String reference) {
        door.enter(principal, Permission.REGISTRY_PULL, ref);
        Digest image = stored(ref, refusing(() -> Reference.parse(reference)));
        Reference called = Reference.parse(reference) instanceof Tag tag ? tag : image;
        return out -> refusing(() -> {
            try {
                new ImageArchive(registry).exportImage(repository(ref), called, out);
                return reference;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private Digest stored(AppRef ref, Reference wanted) {
        return registry.getManifest(repository(ref), wanted)
                .orElseThrow(() -> new NotPossibleException(
                        "image", wanted.toString(), "There is no such tag or digest in " + ref + "."))
                .digest();
    }

    /** Brings the images of a tar into an app's repository, and tells their digests. */
    public List<String> bring(Principal principal, AppRef ref, Optional<String> tag, InputStream archive) {
        door.enter(principal, Permission.REGISTRY_PUSH, ref);
        List<Digest> brought = refusing(() -> new ImageArchive(registry)
                .importImages(repository(ref), tag.map(Tag::new), archive, principal.label()));
        record(principal, "registry.import", AuditSubject.app(ref));
        return brought.stream().map(Digest::toString).toList();
    }

    private void record(Principal principal, String action, AuditSubject subject) {
        QuarkusTransaction.requiringNew()
                .run(() -> audit.append(AuditEntry.done(principal.label(), action, subject, Map.of())));
    }

    private static RepositoryName repository(AppRef ref) {
        return RepositoryName.parse(ref.toString());
    }

    private static <T> T refusing(Supplier<T> step) {
        try {
            return step.get();
        } catch (RegistryException e) {
            throw new NotPossibleException("image", e.code().code(), e.detail() + ".");
        }
    }
}
