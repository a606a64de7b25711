package dev.slipway.platform.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveTest {
    private static final String CONTENT = "the content of a blob, long enough to be hit by chance";

    @TempDir
    Path directory;

    private Path whole;

    @BeforeEach
    void write() throws IOException {
        whole = directory.resolve("whole.slipway");
        try (ArchiveWriter archive = new ArchiveWriter(whole)) {
            archive.addPacked("database/contents", out -> out.write("nothing\n".getBytes(StandardCharsets.UTF_8)));
            archive.add("registry/blobs/1", bytes(CONTENT), false);
            archive.add("sample/run", bytes("#!/bin/sh\n"), true);
            archive.addDirectory("git/a.git/refs");
            archive.finish(Map.of("created", "2026-11-26T00:00:00Z"));
        }
    }

    @Test
    void saysWhatItHoldsAndIsForItsOwnerOnly() throws IOException {
        try (Archive archive = Archive.open(whole)) {
            archive.verify();
            assertThat(archive.facts()).containsExactly(Map.entry("created", "2026-11-26T00:00:00Z"));
            assertThat(archive.entries())
                    .extracting(entry -> entry.name() + " " + entry.size() + " " + entry.kind())
                    .containsExactly(
                            "database/contents 8 FILE",
                            "registry/blobs/1 " + CONTENT.length() + " FILE",
                            "sample/run 10 EXECUTABLE",
                            "git/a.git/refs 0 DIRECTORY");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(whole)))
                .isEqualTo("rw-------");
    }

    @Test
    void cutAnywhereItIsRefused() throws IOException {
        byte[] all = Files.readAllBytes(whole);
        for (int length = 0; length < all.length; length++) {
            Path cut = Files.write(directory.resolve("cut"), Arrays.copyOf(all, length));
            assertThatThrownBy(() -> read(cut))
                    .as("of %d bytes the first %d", all.length, length)
                    .isInstanceOf(BackupException.class)
                    .hasMessageContaining("it is not a whole archive, but something else or cut off");
        }
    }

    @Test
    void withAnyByteOfItsContentChangedItIsRefusedByName() throws IOException {
        byte[] all = Files.readAllBytes(whole);
        int at = new String(all, StandardCharsets.ISO_8859_1).indexOf(CONTENT);
        for (int offset = 0; offset < CONTENT.length(); offset++) {
            byte[] changed = all.clone();
            changed[at + offset] ^= 1;
            Path file = Files.write(directory.resolve("changed"), changed);
            assertThatThrownBy(() -> read(file))
                    .isInstanceOf(BackupException.class)
                    .hasMessageContaining("registry/blobs/1");
        }
    }

    @Test
    void withAnyByteChangedItIsReadAsItWasOrRefused() throws IOException {
        byte[] all = Files.readAllBytes(whole);
        for (int offset = 0; offset < all.length; offset++) {
            byte[] changed = all.clone();
            changed[offset] ^= (byte) 0x55;
            Path file = Files.write(directory.resolve("changed"), changed);
            try {
                assertThat(read(file)).isEqualTo(read(whole));
            } catch (BackupException refused) {
                assertThat(refused).hasMessageContaining(file.toString());
            }
        }
    }

    @Test
    void aFileThatTheManifestDoesNotNameIsRefused() {
        Path more = rewritten(files -> files.put("registry/blobs/2", "smuggled in"));
        assertThatThrownBy(() -> read(more))
                .hasMessageContaining("it holds registry/blobs/2, which its manifest does not name");
    }

    @Test
    void aFileThatIsMissingIsNamed() {
        Path less = rewritten(files -> files.remove("registry/blobs/1"));
        assertThatThrownBy(() -> read(less))
                .hasMessageContaining("it lacks registry/blobs/1, which its manifest names");
    }

    @Test
    void aFileOfTheSameLengthWithAnotherContentIsRefused() {
        Path other = rewritten(files -> files.put("registry/blobs/1", CONTENT.replace("blob", "bolb")));
        assertThatThrownBy(() -> read(other)).hasMessageContaining("registry/blobs/1 is not as it was backed up");
    }

    @ParameterizedTest
    @ValueSource(strings = {"registry/../../etc/cron.d/x", "/etc/passwd", "registry//x", "registry/./x", "a\\b"})
    void aNameThatLeadsElsewhereIsRefused(String name) {
        Path bad = rewritten(files -> {
            files.put(name, "");
            files.put(
                    Archive.MANIFEST,
                    sealed(files.get(Archive.MANIFEST).replaceFirst("sealed .*\n", "")
                            + "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 0 - " + name + "\n"));
        });
        assertThatThrownBy(() -> read(bad)).hasMessageContaining("its manifest has a line that no backup writes");
    }

    @Test
    void anArchiveOfANewerKindSaysWhatToDo() {
        Path newer = rewritten(files -> files.put(
                Archive.MANIFEST, files.get(Archive.MANIFEST).replace("slipway-backup 1", "slipway-backup 2")));
        assertThatThrownBy(() -> read(newer))
                .hasMessageContaining("a newer Slipway wrote it (slipway-backup 2; this one knows slipway-backup 1)");
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        Path text = Files.writeString(directory.resolve("text"), "hello");
        assertThatThrownBy(() -> read(text)).hasMessageContaining("something else or cut off");
        Path zip = rewritten(files -> files.remove(Archive.MANIFEST));
        assertThatThrownBy(() -> read(zip)).hasMessageContaining("none that deploy/backup wrote");
        assertThatThrownBy(() -> read(directory.resolve("none"))).hasMessageContaining("there is no such file");
    }

    /** All that is in it, after it was found whole. */
    private static Map<String, String> read(Path file) {
        try (Archive archive = Archive.open(file)) {
            archive.verify();
            Map<String, String> content = new LinkedHashMap<>(archive.facts());
            for (ArchiveEntry entry : archive.entries()) {
                content.put(entry.line(), new String(archive.open(entry).readAllBytes(), StandardCharsets.UTF_8));
            }
            return content;
        } catch (IOException cause) {
            throw new AssertionError(cause);
        }
    }

    private interface Change {
        void to(Map<String, String> files);
    }

    private Path rewritten(Change change) {
        Map<String, String> files = new LinkedHashMap<>();
        Path target = directory.resolve("rewritten");
        try (ZipFile zip = new ZipFile(whole.toFile())) {
            for (ZipEntry entry : zip.stream().map(ZipEntry.class::cast).toList()) {
                files.put(
                        entry.getName(), new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
            }
            change.to(files);
            try (OutputStream out = Files.newOutputStream(target);
                    ZipOutputStream written = new ZipOutputStream(out)) {
                for (Map.Entry<String, String> file : files.entrySet()) {
                    written.putNextEntry(new ZipEntry(file.getKey()));
                    written.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                    written.closeEntry();
                }
            }
            return target;
        } catch (IOException cause) {
            throw new AssertionError(cause);
        }
    }

    private static String sealed(String manifest) {
        return manifest + Archive.seal(manifest) + "\n";
    }

    private static ByteArrayInputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
