package dev.slipway.platform.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** An archive that is open for reading. Nothing is to be made of it before {@link #verify} has returned. */
final class Archive implements AutoCloseable {
    static final String MANIFEST = "MANIFEST";
    static final String FIRST_LINE = "slipway-backup 1";
    private static final String FIRST_WORD = "slipway-backup ";
    private static final int LARGEST_MANIFEST = 1 << 30;

    private final Path path;
    private final ZipFile zip;
    private final Map<String, String> facts = new LinkedHashMap<>();
    private final List<ArchiveEntry> entries = new ArrayList<>();

    private Archive(Path path, ZipFile zip) {
        this.path = path;
        this.zip = zip;
    }

    /**
     * Opens a file and reads its manifest.
     *
     * @throws BackupException when it is not a whole archive of a kind that is known here
     */
    static Archive open(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new BackupException("open the backup " + path, "there is no such file");
        }
        try {
            Archive archive = new Archive(path, new ZipFile(path.toFile(), StandardCharsets.UTF_8));
            try {
                archive.readManifest();
            } catch (IOException | RuntimeException refused) {
                archive.close();
                throw refused;
            }
            return archive;
        } catch (IOException cause) {
            throw new BackupException(
                    "open the backup " + path,
                    "it is not a whole archive, but something else or cut off (" + cause.getMessage() + ")");
        }
    }

    private void readManifest() throws IOException {
        ZipEntry entry = zip.getEntry(MANIFEST);
        if (entry == null || entry.getSize() > LARGEST_MANIFEST) {
            throw refusal("it is an archive, but none that deploy/backup wrote: it has no " + MANIFEST);
        }
        String text;
        try (InputStream in = zip.getInputStream(entry)) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        List<String> lines = text.lines().toList();
        String first = lines.isEmpty() ? "" : lines.getFirst();
        if (!first.equals(FIRST_LINE)) {
            throw refusal(
                    first.startsWith(FIRST_WORD)
                            ? "a newer Slipway wrote it (" + first + "; this one knows " + FIRST_LINE
                                    + "). Restore it with that version"
                            : "its manifest is not one that deploy/backup wrote");
        }
        String last = lines.getLast();
        if (!last.equals(seal(text.substring(0, Math.max(0, text.length() - last.length() - 1))))) {
            throw refusal("its manifest is not as it was written");
        }
        int blank = lines.indexOf("");
        for (String line : lines.subList(1, Math.max(1, blank))) {
            int colon = line.indexOf(": ");
            facts.put(
                    line.substring(0, Math.max(0, colon)),
                    line.substring(colon + 1).strip());
        }
        for (String line : lines.subList(blank + 1, lines.size() - 1)) {
            entries.add(ArchiveEntry.parse(line)
                    .orElseThrow(() -> refusal("its manifest has a line that no backup writes: " + line)));
        }
    }

    /** The last line of a manifest, of all that is before it: a ZIP's own checks are not made by everybody who reads one. */
    static String seal(String manifest) {
        return "sealed " + HexFormat.of().formatHex(Sha256.digest().digest(manifest.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Reads every byte and compares it with what the manifest says.
     *
     * @throws BackupException naming the first file that is missing, not announced or not as it was
     */
    void verify() {
        Set<String> there = zip.stream().map(ZipEntry::getName).collect(Collectors.toCollection(TreeSet::new));
        there.remove(MANIFEST);
        for (ArchiveEntry entry : entries) {
            if (!there.remove(entry.zipName())) {
                throw refusal("it lacks " + entry.name() + ", which its manifest names");
            }
            checkContent(entry);
        }
        if (!there.isEmpty()) {
            throw refusal("it holds " + there.iterator().next() + ", which its manifest does not name");
        }
    }

    private void checkContent(ArchiveEntry entry) {
        long size = 0;
        try (DigestInputStream in = new DigestInputStream(open(entry), Sha256.digest())) {
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                size += read;
            }
            String found = HexFormat.of().formatHex(in.getMessageDigest().digest());
            if (size != entry.size() || !found.equals(entry.sha256())) {
                throw refusal(entry.name() + " is not as it was backed up: " + size + " bytes with sha256 " + found
                        + " instead of " + entry.size() + " bytes with " + entry.sha256());
            }
        } catch (IOException cause) {
            throw refusal(entry.name() + " cannot be read (" + cause.getMessage() + ")");
        }
    }

    /** The content of one file. */
    InputStream open(ArchiveEntry entry) throws IOException {
        ZipEntry found = zip.getEntry(entry.zipName());
        if (found == null) {
            throw new IOException(path + " has no " + entry.name());
        }
        return zip.getInputStream(found);
    }

    /** What the manifest says about the whole, such as {@code created}. */
    Map<String, String> facts() {
        return Map.copyOf(facts);
    }

    List<ArchiveEntry> entries() {
        return List.copyOf(entries);
    }

    Optional<ArchiveEntry> entry(String name) {
        return entries.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }

    BackupException refusal(String cameBack) {
        return new BackupException("restore from " + path, cameBack);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
