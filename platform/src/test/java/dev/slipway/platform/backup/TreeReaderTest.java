package dev.slipway.platform.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes on in a tree while it is read. */
class TreeReaderTest {
    @TempDir
    Path directory;

    @Test
    void whatPointsAtContentIsReadBeforeTheContent() throws IOException {
        write("git/b.git/objects/pack/1");
        write("git/b.git/refs/heads/main");
        write("git/a.git/objects/00/1");
        write("git/a.git/packed-refs");
        List<String> names = names(copied(git()));
        assertThat(names.subList(0, 2)).containsExactlyInAnyOrder("git/b.git/refs/heads/main", "git/a.git/packed-refs");
        assertThat(names.subList(2, 4)).containsExactlyInAnyOrder("git/b.git/objects/pack/1", "git/a.git/objects/00/1");
    }

    @Test
    void objectsThatWereMovedToAPackWhileTheyWereReadAreFoundThere() throws IOException {
        Path loose = write("git/a.git/objects/ff/1");
        write("git/a.git/objects/00/0");
        Path file = directory.resolve("archive");
        try (ArchiveWriter archive = new ArchiveWriter(file)) {
            Part part = git();
            // The repository is packed as soon as the first of its objects has been read.
            new TreeReader(part, archive) {
                @Override
                void isRead(Path path) throws IOException {
                    if (path.endsWith("objects/00/0")) {
                        Files.delete(loose);
                        write("git/a.git/objects/pack/2");
                    }
                }
            }.copy();
            archive.finish(java.util.Map.of());
        }
        assertThat(names(file)).contains("git/a.git/objects/pack/2").doesNotContain("git/a.git/objects/ff/1");
    }

    @Test
    void aPartThatIsNotThereIsNothing() throws IOException {
        assertThat(names(copied(git()))).isEmpty();
    }

    private Part git() {
        return new Places(
                        directory,
                        directory.resolve("git"),
                        directory.resolve("registry"),
                        directory.resolve("keys"),
                        directory.resolve("host"))
                .parts().stream()
                        .filter(part -> part.name().equals("git"))
                        .findAny()
                        .orElseThrow();
    }

    private Path copied(Part part) throws IOException {
        Path file = directory.resolve("archive");
        try (ArchiveWriter archive = new ArchiveWriter(file)) {
            new TreeReader(part, archive).copy();
            archive.finish(java.util.Map.of());
        }
        return file;
    }

    private static List<String> names(Path file) throws IOException {
        try (Archive archive = Archive.open(file)) {
            archive.verify();
            return archive.entries().stream().map(ArchiveEntry::name).toList();
        }
    }

    private Path write(String name) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, name);
    }
}
