package dev.slipway.registry.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.registry.Images;
import dev.slipway.registry.TurnableClock;
import dev.slipway.registry.blob.StoreTree;
import dev.slipway.registry.oci.Descriptor;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.ImageManifest;
import dev.slipway.registry.oci.MediaType;
import dev.slipway.registry.oci.RepositoryName;
import dev.slipway.registry.oci.Tag;
import dev.slipway.registry.repository.Flaw;
import dev.slipway.registry.repository.Registry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerificationTest {
    private static final RepositoryName SHOP = RepositoryName.parse("acme/shop");
    private static final Tag LATEST = new Tag("latest");

    private final TurnableClock clock = new TurnableClock();

    @TempDir
    Path root;

    private StoreTree tree;
    private Registry registry;
    private Digest image;
    private final Digest layer = Digest.sha256("layer".getBytes());

    @BeforeEach
    void push() {
        tree = new StoreTree(root);
        registry = Registry.onFiles(root, clock);
        image = Images.put(registry, SHOP, LATEST, "layer");
    }

    private VerificationReport verify(boolean repair) {
        return new Verification(registry, Pace.full()).run(repair);
    }

    private List<Flaw.Kind> kinds(boolean repair) {
        VerificationReport report = verify(repair);
        assertThat(report.flaws())
                .allMatch(flaw -> !repair || flaw.repaired() || flaw.kind() == Flaw.Kind.MANIFEST_NOT_WHOLE);
        return report.flaws().stream().map(Flaw::kind).toList();
    }

    @Test
    void findsNothingWrongWithASoundStore() {
        VerificationReport report = verify(false);
        assertThat(report.flaws()).isEmpty();
        assertThat(report.blobs()).isEqualTo(3);
        assertThat(report.repositories()).isEqualTo(1);
        assertThat(report.complete()).isTrue();
    }

    @Test
    void setsWrongContentAsideSoThatAPushBringsItAgain() throws IOException {
        Files.writeString(tree.blob(layer), "lAyer");
        assertThat(kinds(false)).containsExactly(Flaw.Kind.CONTENT_WRONG);
        assertThat(registry.hasBlob(SHOP, layer)).as("only looked at").isTrue();
        assertThat(kinds(true))
                .containsExactly(Flaw.Kind.CONTENT_WRONG, Flaw.Kind.LINK_WITHOUT_BLOB, Flaw.Kind.MANIFEST_NOT_WHOLE);
        assertThat(registry.hasBlob(SHOP, layer)).isFalse();
        assertThat(tree.aside(layer)).hasContent("lAyer");
        assertThat(kinds(false)).containsExactly(Flaw.Kind.MANIFEST_NOT_WHOLE);
        Images.blob(registry, SHOP, MediaType.OCI_LAYER_GZIP, "layer");
        assertThat(kinds(false)).isEmpty();
    }

    @Test
    void takesAwayManifestsWithoutContentAndTheirTags() throws IOException {
        Files.delete(tree.blob(image));
        registry = Registry.onFiles(root, clock);
        assertThat(kinds(true)).containsExactly(Flaw.Kind.MANIFEST_WITHOUT_CONTENT, Flaw.Kind.TAG_WITHOUT_MANIFEST);
        assertThat(registry.getManifest(SHOP, LATEST)).isEmpty();
        assertThat(kinds(false)).isEmpty();
    }

    @Test
    void takesAwayTagsThatCannotBeRead() throws IOException {
        Files.writeString(tree.tag(SHOP, new Tag("broken")), "no digest");
        assertThat(kinds(true)).containsExactly(Flaw.Kind.TAG_WITHOUT_MANIFEST);
        assertThat(registry.tags(SHOP)).containsExactly(LATEST);
    }

    @Test
    void repairsListsOfReferrers() throws IOException {
        ImageManifest signature = new ImageManifest(
                MediaType.OCI_MANIFEST,
                Optional.of(new MediaType("application/vnd.example.signature")),
                Images.blob(registry, SHOP, MediaType.OCI_EMPTY, "{}"),
                List.of(),
                Optional.of(Descriptor.of(MediaType.OCI_MANIFEST, image, 100)),
                Map.of());
        Digest about = Digest.sha256(signature.toBytes());
        registry.putManifest(SHOP, about, MediaType.OCI_MANIFEST, signature.toBytes());
        List<Descriptor> listed = registry.referrers(SHOP, image, Optional.empty());
        assertThat(listed).hasSize(1);
        Files.delete(tree.referrer(SHOP, image, about));
        assertThat(kinds(true)).containsExactly(Flaw.Kind.REFERRER_MISSING);
        assertThat(registry.referrers(SHOP, image, Optional.empty())).isEqualTo(listed);
        Files.delete(tree.manifest(SHOP, about));
        registry = Registry.onFiles(root, clock);
        assertThat(kinds(true)).containsExactly(Flaw.Kind.REFERRER_WITHOUT_MANIFEST);
        assertThat(kinds(false)).isEmpty();
    }

    @Test
    void endsWhereItsPaceSays() {
        VerificationReport report = new Verification(registry, () -> false).run(true);
        assertThat(report.complete()).isFalse();
        assertThat(report.blobs()).isZero();
    }
}
