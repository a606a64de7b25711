package dev.slipway.buildpacks.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeWriterTest {

    @TempDir
    Path directory;

    private Path root;
    private TreeWriter writer;

    @BeforeEach
    void open() throws IOException {
        root = Files.createDirectory(directory.resolve("tree"));
        writer = new TreeWriter(root, new SourceLimits(100, 5));
    }

    private static InputStream bytes(int count) {
        return new ByteArrayInputStream(new byte[count]);
    }

    @Test
    void writesFilesAndLinks() throws IOException {
        writer.file("a/b/run", true, bytes(3));
        writer.link("a/link", "b/run");
        assertThat(Files.isExecutable(root.resolve("a/b/run"))).isTrue();
        assertThat(root.resolve("a/link").toRealPath())
                .isEqualTo(root.resolve("a/b/run").toRealPath());
        assertThat(writer.bytes()).isEqualTo(3);
        assertThat(writer.files()).isEqualTo(2);
    }

    @Test
    void refusesNamesThatLeadOut() {
        for (String name : List.of("../x", "a/../../x", "/etc/x", "", "a//b", "./a", "a/", "a\0b", "x".repeat(300))) {
            assertThatThrownBy(() -> writer.file(name, false, bytes(1)))
                    .as(name)
                    .isInstanceOf(SourceRefusedException.class);
        }
        assertThat(directory.resolve("x")).doesNotExist();
    }

    @Test
    void refusesLinksThatLeadOut() {
        for (String target : List.of("../../x", "/etc/passwd", "", "b/../../../x")) {
            assertThatThrownBy(() -> writer.link("a/l", target))
                    .as(target)
                    .isInstanceOf(SourceRefusedException.class)
                    .hasMessageContaining("outside the app");
        }
    }

    @Test
    void writesNothingThroughALink() throws IOException {
        Files.createDirectory(root.resolve("real"));
        writer.link("l", "real");
        assertThatThrownBy(() -> writer.file("l/x", false, bytes(1)))
                .isInstanceOf(SourceRefusedException.class)
                .hasMessageContaining("is a file or a link");
        assertThatThrownBy(() -> writer.file("l", false, bytes(1)))
                .isInstanceOf(SourceRefusedException.class)
                .hasMessageContaining("twice");
    }

    @Test
    void refusesTooMuch() throws IOException {
        assertThatThrownBy(() -> writer.file("big", false, bytes(101))).hasMessageContaining("larger than 100 bytes");
        TreeWriter many = new TreeWriter(root, new SourceLimits(100, 1));
        many.file("one", false, bytes(1));
        assertThatThrownBy(() -> many.file("two", false, bytes(1))).hasMessageContaining("more than 1 files");
    }

    @Test
    void noSequenceOfEntriesLeavesTheDirectory() throws IOException {
        Random random = new Random(3);
        List<String> names = List.of("a", "b", "..", ".", "", "c", "a");
        for (int round = 0; round < 500; round++) {
            Path place = Files.createDirectory(directory.resolve("r" + round));
            Path inner = Files.createDirectory(place.resolve("tree"));
            TreeWriter target = new TreeWriter(inner, new SourceLimits(1000, 100));
            for (int i = 0; i < 8; i++) {
                StringBuilder path = new StringBuilder(names.get(random.nextInt(names.size())));
                for (int n = random.nextInt(4); n > 0; n--) {
                    path.append('/').append(names.get(random.nextInt(names.size())));
                }
                try {
                    if (random.nextBoolean()) {
                        target.file(path.toString(), false, bytes(2));
                    } else {
                        target.link(names.get(random.nextInt(names.size())), path.toString());
                    }
                } catch (SourceRefusedException expected) {
                    assertThat(expected.reason()).isNotEmpty();
                }
            }
            assertThat(place.toFile().list()).containsExactly("tree");
        }
    }
}
