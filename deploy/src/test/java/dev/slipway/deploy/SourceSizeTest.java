package dev.slipway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A class that has outgrown its page has become two classes; nobody noticed, so this does. */
class SourceSizeTest {
    private static final int MOST_LINES = 400;
    private static final Path ROOT = Path.of("..");

    @Test
    void noSourceFileIsLongerThanThat() throws IOException {
        Map<String, Integer> tooLong = new TreeMap<>();
        int seen = 0;
        for (String module : new String[] {"tenancy", "registry", "buildpacks", "platform", "web", "deploy"}) {
            for (Path source : sources(ROOT.resolve(module).resolve("src"))) {
                int lines = (int) Files.readAllLines(source).stream()
                        .filter(line -> !line.isBlank())
                        .count();
                seen++;
                if (lines > MOST_LINES) {
                    tooLong.put(ROOT.relativize(source).toString(), lines);
                }
            }
        }
        assertThat(seen).as("sources found").isGreaterThan(20);
        assertThat(tooLong)
                .as("files of more than " + MOST_LINES + " lines that are not blank")
                .isEmpty();
    }

    private static Iterable<Path> sources(Path root) throws IOException {
        if (!Files.exists(root)) {
            return java.util.List.of();
        }
        try (Stream<Path> tree = Files.walk(root)) {
            return tree.filter(path -> path.toString().endsWith(".java")).toList();
        }
    }
}
