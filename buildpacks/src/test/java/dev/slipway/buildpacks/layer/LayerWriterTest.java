package dev.slipway.buildpacks.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.registry.repository.Registry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerWriterTest {

    @TempDir
    Path directory;

    private LayerWriter writer(String name) {
        Registry registry = Registry.onFiles(directory.resolve(name), Clock.systemUTC());
        return new LayerWriter(
                registry.blobs(), new LayerIndex(directory.resolve(name + "-index")), new LayerOwner(1000, 1000));
    }

    private Path tree(String name, Map<String, Integer> files, long time) throws IOException {
        Path root = Files.createDirectories(directory.resolve(name));
        for (Map.Entry<String, Integer> file : files.entrySet()) {
            Path path = root.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            byte[] content = new byte[file.getValue()];
            new Random(file.getKey().hashCode()).nextBytes(content);
            Files.write(path, content);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));
            Files.setLastModifiedTime(path, FileTime.from(Instant.ofEpochSecond(time)));
        }
        return root;
    }

    @Test
    void theDigestDependsOnNamesModesAndContentsAlone() throws IOException {
        Random random = new Random(11);
        for (int round = 0; round < 20; round++) {
            Map<String, Integer> files = new TreeMap<>();
            for (int i = random.nextInt(12) + 1; i > 0; i--) {
                files.put(
                        "d" + random.nextInt(4) + "/ü" + random.nextInt(50) + "x".repeat(random.nextInt(150)),
                        random.nextInt(9000));
            }
            Path one = tree("one" + round, files, 1_000_000);
            Path two = tree("deep/er/two" + round, new java.util.LinkedHashMap<>(files).reversed(), 2_000_000);
            assertThat(writer("r1").write(LayerTree.of(one, "workspace")))
                    .isEqualTo(writer("r2").write(LayerTree.of(two, "workspace")));
        }
    }

    @Test
    void aKeptLayerIsFoundWithoutReadingAndAChangeIsSeen() throws IOException {
        Path tree = tree("kept", Map.of("a", 600_000, "b", 10), 5);
        LayerWriter writer = writer("r");
        LayerBlob first = writer.writeKept(LayerTree.of(tree, "layers/x"));
        assertThat(writer.unchanged(LayerTree.of(tree, "layers/x"))).isTrue();
        assertThat(writer.writeKept(LayerTree.of(tree, "layers/x"))).isEqualTo(first);

        byte[] content = Files.readAllBytes(tree.resolve("b"));
        content[0]++;
        Files.write(tree.resolve("b"), content);
        Files.setLastModifiedTime(tree.resolve("b"), FileTime.from(Instant.ofEpochSecond(5)));
        assertThat(writer.unchanged(LayerTree.of(tree, "layers/x"))).isFalse();
        assertThat(writer.writeKept(LayerTree.of(tree, "layers/x"))).isNotEqualTo(first);
    }

    @Test
    void slicesHoldEveryEntryOnceAndLargeDirectoriesStandAlone() throws IOException {
        Path tree = tree(
                "app",
                Map.of("lib/a.jar", 10, "lib/x/b.jar", 10, "img/big", 2_000_000, "index.html", 5, "src/m/n.js", 3),
                9);
        List<LayerEntry> all = LayerTree.of(tree, "workspace");
        List<List<LayerEntry>> slices = Slices.split(all, List.of(List.of("lib"), List.of("src/**"), List.of("none*")));
        assertThat(slices.stream().flatMap(List::stream).sorted().toList()).isEqualTo(all);
        assertThat(slices.stream().map(slice -> slice.getFirst().name()).toList())
                .containsExactly("workspace/lib", "workspace/src/m", "workspace/img", "workspace");
    }

    @Test
    void linksAreKeptAndNotFollowed() throws IOException {
        Path tree = Files.createDirectory(directory.resolve("links"));
        Files.createSymbolicLink(tree.resolve("out"), Path.of("/etc/passwd"));
        Files.createSymbolicLink(tree.resolve("dir"), Path.of("/etc"));
        assertThat(LayerTree.of(tree, "w"))
                .extracting(LayerEntry::content)
                .containsExactly(
                        new LayerEntry.Directory(), new LayerEntry.Link("/etc"), new LayerEntry.Link("/etc/passwd"));
    }
}
