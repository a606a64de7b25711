package dev.slipway.platform.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** The table's copy on disk, so that a restarted proxy serves before the control plane has spoken. */
public final class RouteTableFile {
    private final Path path;

    /** @param path the file; its folder is made when the first table is saved */
    public RouteTableFile(Path path) {
        this.path = path.toAbsolutePath();
    }

    /** What {@link #restore} found. */
    public sealed interface Restored {
        record Table(RouteTable table) implements Restored {}

        record Absent() implements Restored {}

        /** @param reason what is wrong with the file, for the log */
        record Corrupt(String reason) implements Restored {}
    }

    /**
     * Writes the table: temporary file, forced to disk, then moved over the old one.
     *
     * @throws IOException if the disk refuses; the old copy is intact
     */
    public synchronized void save(RouteTable table) throws IOException {
        Path folder = Objects.requireNonNull(path.getParent(), "a file is in a folder");
        Files.createDirectories(folder);
        Path next = folder.resolve(path.getFileName() + ".next");
        byte[] bytes = RouteTableText.write(table);
        try (FileChannel file = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                file.write(rest);
            }
            file.force(true);
        }
        Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Reads the last table saved. A file that cannot be read is left where it is, for the operator. */
    public synchronized Restored restore() {
        try {
            return new Restored.Table(RouteTableText.read(Files.readAllBytes(path)));
        } catch (NoSuchFileException none) {
            return new Restored.Absent();
        } catch (JsonProcessingException notJson) {
            return new Restored.Corrupt(path + " is not a saved route table: " + notJson.getOriginalMessage());
        } catch (IOException | IllegalArgumentException | NullPointerException bad) {
            return new Restored.Corrupt(path + " cannot be used: " + bad.getMessage());
        }
    }
}
