package dev.slipway.platform.backup;

import dev.slipway.platform.database.DatabaseDump;
import dev.slipway.platform.database.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Writes an archive of an installation, also of one that runs: first the database as it is at one moment, then the
 * files, of which everything that the database knows of is there by then. See decision 0180.
 *
 * @param places where its files are
 * @param access to its database, which runs
 * @param bucket where the registry's content is, if not in files; it is not in the archive then
 */
public record Backup(Places places, EmbeddedPostgres.Access access, Optional<String> bucket) {
    /** What was written. */
    public record Written(Path file, long bytes, int files) {}

    /**
     * Writes the file, which appears under its name when it is whole.
     *
     * @throws BackupException when it exists or cannot be written; no part of it is left
     */
    public Written to(Path file, Clock clock) {
        Path target = file.toAbsolutePath().normalize();
        if (Files.exists(target)) {
            throw new BackupException("back up to " + target, "it exists already; give another name");
        }
        Path draft = target.resolveSibling(target.getFileName() + ".partial");
        try {
            Files.deleteIfExists(draft);
            int files = write(draft, clock);
            long bytes = Files.size(draft);
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
            return new Written(target, bytes, files);
        } catch (IOException cause) {
            throw new BackupException("back up to " + target, cause);
        } finally {
            remove(draft);
        }
    }

    private int write(Path draft, Clock clock) throws IOException {
        try (ArchiveWriter archive = new ArchiveWriter(draft);
                DatabaseDump dump = DatabaseDump.begin(access)) {
            Map<String, String> facts = new LinkedHashMap<>();
            facts.put("created", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
            facts.put("installation", dump.installation());
            facts.put(
                    "registry",
                    bucket.map(name -> "content in the bucket " + name).orElse("files"));
            DatabaseParts.write(dump, archive);
            for (Part part : places.parts()) {
                new TreeReader(part, archive).copy();
            }
            archive.finish(facts);
            return archive.files();
        }
    }

    private static void remove(Path draft) {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException cause) {
            throw new BackupException("remove the unfinished " + draft, cause);
        }
    }
}
