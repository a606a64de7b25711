package dev.slipway.registry.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.registry.Images;
import dev.slipway.registry.TurnableClock;
import dev.slipway.registry.oci.Descriptor;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.ErrorCode;
import dev.slipway.registry.oci.ImageIndex;
import dev.slipway.registry.oci.ImageManifest;
import dev.slipway.registry.oci.MediaType;
import dev.slipway.registry.oci.RegistryException;
import dev.slipway.registry.oci.RepositoryName;
import dev.slipway.registry.oci.Tag;
import dev.slipway.registry.repository.Registry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageArchiveTest {
    private static final RepositoryName SHOP = RepositoryName.parse("acme/shop");
    private static final RepositoryName OTHER = RepositoryName.parse("rival/other");
    private static final Tag V1 = new Tag("v1");

    @TempDir
    Path temp;

    private Registry here;
    private Registry there;

    @BeforeEach
    void open() {
        here = Registry.onFiles(temp.resolve("here"), new TurnableClock());
        there = Registry.onFiles(temp.resolve("there"), new TurnableClock());
    }

    private static byte[] export(Registry registry, RepositoryName name, Tag tag) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new ImageArchive(registry).exportImage(name, tag, out);
        return out.toByteArray();
    }

    private List<Digest> take(byte[] archive, Optional<Tag> tag) {
        return new ImageArchive(there).importImages(OTHER, tag, new ByteArrayInputStream(archive), "a test");
    }

    @Test
    void bringsAnImageWithAllItNeeds() throws IOException {
        Digest digest = Images.put(here, SHOP, V1, "base", "app");
        byte[] archive = export(here, SHOP, V1);
        assertThat(export(here, SHOP, V1)).as("the same again").isEqualTo(archive);
        assertThat(take(archive, Optional.empty())).containsExactly(digest);
        assertThat(there.resolve(OTHER, V1)).as("called as the archive says").contains(digest);
        assertThat(there.hasBlob(OTHER, Digest.sha256("app".getBytes()))).isTrue();
        assertThat(there.images(OTHER).getFirst().pushedBy()).contains("a test");
        take(archive, Optional.of(new Tag("mine")));
        assertThat(there.resolve(OTHER, new Tag("mine"))).contains(digest);
    }

    @Test
    void bringsAnIndexWithWhatItLists() throws IOException {
        ImageManifest one = Images.manifest(here, SHOP, "amd64");
        Digest child = here.putManifest(SHOP, Digest.sha256(one.toBytes()), one.mediaType(), one.toBytes());
        byte[] index = ImageIndex.of(List.of(Descriptor.of(one.mediaType(), child, one.toBytes().length)))
                .toBytes();
        here.putManifest(SHOP, V1, MediaType.OCI_INDEX, index);
        take(export(here, SHOP, V1), Optional.empty());
        assertThat(there.getManifest(OTHER, child)).isPresent();
        assertThat(there.getManifest(OTHER, V1).orElseThrow().content()).isEqualTo(index);
    }

    @Test
    void bringsContentUnderLongDigests() throws IOException {
        byte[] content = "long".getBytes();
        Digest digest = Digest.of(Digest.Algorithm.SHA512, content);
        here.blobs().put(digest, content);
        here.linkBlob(SHOP, digest);
        Descriptor layer = Descriptor.of(MediaType.OCI_LAYER, digest, content.length);
        ImageManifest image = ImageManifest.of(Images.blob(here, SHOP, MediaType.OCI_CONFIG, "{}"), List.of(layer));
        here.putManifest(SHOP, V1, image.mediaType(), image.toBytes());
        take(export(here, SHOP, V1), Optional.empty());
        assertThat(there.hasBlob(OTHER, digest)).isTrue();
    }

    @Test
    void linksNothingThatTheArchiveOnlyNames() throws IOException {
        Images.put(here, SHOP, V1, "secret");
        byte[] whole = export(here, SHOP, V1);
        there.blobs().write(MediaType.OCI_LAYER, "secret".getBytes());
        byte[] lacking = without(whole, Digest.sha256("secret".getBytes()));
        assertThatThrownBy(() -> take(lacking, Optional.empty()))
                .isInstanceOfSatisfying(
                        RegistryException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.MANIFEST_BLOB_UNKNOWN));
        assertThat(there.hasBlob(OTHER, Digest.sha256("secret".getBytes()))).isFalse();
    }

    /** The archive with one file called otherwise, so that it is passed over. */
    private static byte[] without(byte[] archive, Digest digest) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TarWriter to = new TarWriter(out);
        TarReader from = new TarReader(new ByteArrayInputStream(archive));
        for (Optional<TarReader.Entry> entry = from.next(); entry.isPresent(); entry = from.next()) {
            String name = entry.get().name();
            try (InputStream content = from.content()) {
                to.file(name.endsWith(digest.hex()) ? "passed-over" : name, content.readAllBytes());
            }
        }
        to.end();
        return out.toByteArray();
    }

    @Test
    void refusesWhateverIsNoArchiveAndNeverBreaks() throws IOException {
        Images.put(here, SHOP, V1, "layer");
        byte[] archive = export(here, SHOP, V1);
        Random random = new Random(5);
        for (int round = 0; round < 300; round++) {
            byte[] broken = round % 3 == 0 ? Arrays.copyOf(archive, random.nextInt(archive.length)) : archive.clone();
            for (int i = 0; round % 3 > 0 && i < 1 + random.nextInt(4); i++) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt();
            }
            try {
                take(broken, Optional.empty());
            } catch (RegistryException e) {
                assertThat(e.detail()).isNotEmpty();
            }
        }
        assertThatThrownBy(() -> take("no tar".getBytes(), Optional.empty())).isInstanceOf(RegistryException.class);
        assertThatThrownBy(() -> take(new byte[0], Optional.empty())).hasMessageContaining("index.json");
    }

    @Test
    void skopeoReadsWhatWasWrittenAndIsReadItself() throws Exception {
        ImageManifest image = ImageManifest.of(
                Images.blob(
                        here,
                        SHOP,
                        MediaType.OCI_CONFIG,
                        "{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}"),
                List.of());
        Digest digest = here.putManifest(SHOP, V1, image.mediaType(), image.toBytes());
        Path ours = Files.write(temp.resolve("ours.tar"), export(here, SHOP, V1));
        Path theirs = temp.resolve("theirs.tar");
        Process skopeo = new ProcessBuilder("skopeo", "copy", "oci-archive:" + ours, "oci-archive:" + theirs + ":v2")
                .redirectErrorStream(true)
                .start();
        String said = new String(skopeo.getInputStream().readAllBytes());
        assertThat(skopeo.waitFor()).as(said).isZero();
        assertThat(take(Files.readAllBytes(theirs), Optional.empty())).containsExactly(digest);
        assertThat(there.resolve(OTHER, new Tag("v2"))).contains(digest);
    }
}
