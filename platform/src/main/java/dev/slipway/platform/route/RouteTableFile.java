package dev.slipway.platform.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The table's copy on disk, so that a restarted proxy serves before the control plane has spoken. */
public final class RouteTableFile {
    private static final int FORMAT = 1;
    private static final ObjectMapper JSON =
            new ObjectMapper().configure(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, true);

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
        byte[] bytes = JSON.writeValueAsBytes(stored(table));
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
            return new Restored.Table(table(JSON.readValue(Files.readAllBytes(path), StoredTable.class)));
        } catch (NoSuchFileException none) {
            return new Restored.Absent();
        } catch (JsonProcessingException notJson) {
            return new Restored.Corrupt(path + " is not a saved route table: " + notJson.getOriginalMessage());
        } catch (IOException | IllegalArgumentException | NullPointerException bad) {
            return new Restored.Corrupt(path + " cannot be used: " + bad.getMessage());
        }
    }

    private static StoredTable stored(RouteTable table) {
        Map<String, StoredRoute> routes = new TreeMap<>();
        table.routes()
                .forEach((host, route) -> routes.put(
                        host,
                        new StoredRoute(
                                route.app(),
                                route.backends(),
                                route.unavailableReason().orElse(null))));
        return new StoredTable(FORMAT, table.version(), routes);
    }

    private static RouteTable table(StoredTable stored) {
        if (stored.format() != FORMAT) {
            throw new IllegalArgumentException("format " + stored.format() + " is not " + FORMAT);
        }
        Map<String, Route> routes = new TreeMap<>();
        stored.routes()
                .forEach((host, route) -> routes.put(
                        host,
                        new Route(route.app(), route.backends(), Optional.ofNullable(route.unavailableReason()))));
        return new RouteTable(stored.version(), routes);
    }

    private record StoredTable(int format, long version, Map<String, StoredRoute> routes) {}

    private record StoredRoute(
            String app, List<Backend> backends, @Nullable String unavailableReason) {}
}
