package dev.slipway.platform.backup;

import dev.slipway.platform.database.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes an installation of an archive. Everything is made under another name beside its place and renamed at the end, the
 * home last; before that every byte of the archive has been compared with its manifest. See decision 0180.
 *
 * @param places where the installation is going to be; nothing is there yet
 * @param external the database to fill, which is empty; without one the home gets its own
 * @param programs where PostgreSQL's programs are, or go
 */
public record Restoration(Places places, Optional<EmbeddedPostgres.Access> external, Path programs) {
    private static final Path LOCK = Path.of("slipway.lock");

    /** What an archive says of itself, and how much is in it. */
    public record Found(Map<String, String> facts, int files, long bytes) {}

    /**
     * Only looks whether an archive is whole and this Slipway can restore it.
     *
     * @throws BackupException when not; it says why
     */
    public static Found check(Path file) {
        try (Archive archive = Archive.open(file)) {
            return check(archive);
        } catch (IOException cause) {
            throw new BackupException("read " + file, cause);
        }
    }

    private static Found check(Archive archive) throws IOException {
        archive.verify();
        DatabaseParts.check(archive);
        long bytes = archive.entries().stream().mapToLong(ArchiveEntry::size).sum();
        return new Found(archive.facts(), archive.entries().size(), bytes);
    }

    /**
     * Restores.
     *
     * @throws BackupException when the archive is not whole, is of a newer Slipway, or something is in the way; then
     *     nothing has changed
     */
    public Found from(Path file) {
        refuseWhatIsInTheWay();
        try (Archive archive = Archive.open(file)) {
            Found found = check(archive);
            Path draft = draft();
            Places staged = places.staged(draft);
            Map<String, Path> targets = targets(archive, staged);
            try {
                removeLeftovers(staged);
                Files.createDirectories(draft);
                Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwx------"));
                unpack(archive, targets);
                fillDatabase(archive, staged);
                moveIntoPlace(staged);
            } finally {
                removeLeftovers(staged);
                removeTree(draft);
            }
            return found;
        } catch (IOException cause) {
            throw new BackupException("restore from " + file + " to " + places.home(), cause);
        }
    }

    /** Where the home is made; whoever restores holds the lock of this one. */
    public Path draft() {
        return places.home().resolveSibling(places.home().getFileName() + ".restoring");
    }

    private void refuseWhatIsInTheWay() {
        List<Path> all = new ArrayList<>(List.of(places.home()));
        all.addAll(outside(places));
        for (Path place : all) {
            if (Files.exists(place) && !isEmptyDirectory(place)) {
                throw new BackupException(
                        "restore to " + places.home(),
                        place
                                + " is there already and is left as it is. Restore to another SLIPWAY_HOME, or move it away");
            }
        }
    }

    /** The places that do not move with the home. */
    private List<Path> outside(Places of) {
        List<Path> all = List.of(of.git(), of.registry(), of.keys(), of.hostKey());
        return all.stream().filter(place -> !place.startsWith(of.home())).toList();
    }

    private static boolean isEmptyDirectory(Path place) {
        if (!Files.isDirectory(place)) {
            return false;
        }
        try (Stream<Path> children = Files.list(place)) {
            return children.findAny().isEmpty();
        } catch (IOException cause) {
            throw new BackupException("look into " + place, cause);
        }
    }

    private static Map<String, Path> targets(Archive archive, Places staged) {
        Map<String, Path> targets = new HashMap<>();
        staged.parts().forEach(part -> targets.put(part.name(), part.place()));
        for (ArchiveEntry entry : archive.entries()) {
            if (!entry.part().equals(DatabaseParts.PART) && !targets.containsKey(entry.part())) {
                throw archive.refusal("it has a part that this Slipway does not know: " + entry.part());
            }
        }
        return targets;
    }

    private static void unpack(Archive archive, Map<String, Path> targets) throws IOException {
        for (ArchiveEntry entry : archive.entries()) {
            Path root = targets.get(entry.part());
            if (root != null) {
                String below = entry.name().substring(entry.part().length());
                unpack(archive, entry, below.isEmpty() ? root : root.resolve(below.substring(1)));
            }
        }
    }

    private static void unpack(Archive archive, ArchiveEntry entry, Path target) throws IOException {
        if (entry.kind() == ArchiveEntry.Kind.DIRECTORY) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        try (InputStream content = archive.open(entry)) {
            Files.copy(content, target);
        }
        Files.setPosixFilePermissions(
                target,
                PosixFilePermissions.fromString(
                        entry.kind() == ArchiveEntry.Kind.EXECUTABLE ? "rwx------" : "rw-------"));
    }

    private void fillDatabase(Archive archive, Places staged) throws IOException {
        Path migrations = Files.createDirectories(staged.home().resolve("migrations.restoring"));
        if (external.isPresent()) {
            DatabaseParts.load(archive, external.get(), migrations);
        } else {
            EmbeddedPostgres postgres = EmbeddedPostgres.of(staged.postgres(), stagedPrograms(staged));
            try {
                DatabaseParts.load(archive, postgres.start(), migrations);
            } finally {
                postgres.stop();
            }
        }
        removeTree(migrations);
    }

    private Path stagedPrograms(Places staged) {
        return programs.startsWith(places.home())
                ? staged.home().resolve(places.home().relativize(programs))
                : programs;
    }

    private void moveIntoPlace(Places staged) throws IOException {
        List<Path> from = new ArrayList<>(outside(staged));
        List<Path> to = new ArrayList<>(outside(places));
        from.add(staged.home());
        to.add(places.home());
        for (int i = 0; i < from.size(); i++) {
            if (Files.exists(from.get(i))) {
                Files.createDirectories(to.get(i).getParent());
                Files.deleteIfExists(to.get(i));
                Files.move(from.get(i), to.get(i), StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    /** What a restoration that was cut off left, this one included: also its database server. */
    private void removeLeftovers(Places staged) throws IOException {
        if (Files.exists(staged.postgres().resolve("data"))) {
            EmbeddedPostgres.of(staged.postgres(), stagedPrograms(staged)).stop();
        }
        List<Path> left = new ArrayList<>(outside(staged));
        if (Files.isDirectory(staged.home())) {
            try (Stream<Path> children = Files.list(staged.home())) {
                children.filter(child -> !child.endsWith(LOCK)).forEach(left::add);
            }
        }
        for (Path place : left) {
            removeTree(place);
        }
    }

    private static void removeTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> tree = Files.walk(root)) {
            deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }
}
