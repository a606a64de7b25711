package dev.slipway.platform.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContextArchiveTest {

    @TempDir
    Path context;

    @Test
    void theLastMatchingLineDecides() throws IOException {
        Files.writeString(context.resolve(".dockerignore"), "# comment\nnode_modules/\n*.md\n!README.md\nDockerfile\n");
        ContextArchive archive = ContextArchive.of(context, "Dockerfile");
        assertThat(archive.included("node_modules")).isFalse();
        assertThat(archive.included("node_modules/a/b.js")).isFalse();
        assertThat(archive.included("NOTES.md")).isFalse();
        assertThat(archive.included("README.md")).isTrue();
        assertThat(archive.included("src/index.js")).isTrue();
        assertThat(archive.included("Dockerfile")).isTrue();
    }

    @Test
    void lastLinesAreShortEvenWhenALineIsLong() {
        String wide = "ü".repeat(10_000);
        List<String> lines = ContainerLogs.shorten(new ArrayDeque<>(List.of("first", wide, "last")));
        assertThat(lines).hasSize(2).last().isEqualTo("last");
        assertThat(lines.getFirst().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .hasSizeLessThan(4_096);
        assertThat(lines.getFirst()).matches("ü+");
    }
}
