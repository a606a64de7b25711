package dev.slipway.registry.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;

/** File operations that are either done and durable, or not done: a power cut leaves no third state. */
public final class DurableFiles {
    private DurableFiles() {}

    /** Makes a directory's entries durable. */
    public static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Makes a file's content durable. */
    public static void syncFile(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Makes a directory and its parents, each durable in its parent. */
    public static void makeDirectory(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = parent(directory);
        makeDirectory(parent);
        try {
            Files.createDirectory(directory);
        } catch (FileAlreadyExistsException e) {
            return;
        }
        sync(parent);
    }

    /** Makes the directories that are missing of one and the same parent, which exists, and makes all of them durable at once. */
    public static void makeDirectories(List<Path> directories) throws IOException {
        boolean made = false;
        for (Path directory : directories) {
            if (!Files.isDirectory(directory)) {
                Files.createDirectory(directory);
                made = true;
            }
        }
        if (made) {
            sync(parent(directories.getFirst()));
        }
    }

    /** Moves a file whose content is durable to its place, replacing what is there, and makes the place durable. */
    public static void publish(Path temporary, Path place) throws IOException {
        moveInto(temporary, place);
        sync(parent(place));
    }

    /**
     * Deletes a file for good.
     *
     * @throws NoSuchFileException if it is not there
     */
    public static void delete(Path place) throws IOException {
        Files.delete(place);
        sync(parent(place));
    }

    /** The directory a file of the store lies in. */
    public static Path parent(Path place) {
        Path directory = place.getParent();
        if (directory == null) {
            throw new IllegalArgumentException(place + " lies in no directory");
        }
        return directory;
    }

    /** Writes a small file at once, by way of a scratch directory: readers see the old content or the new one. */
    public static void write(Path scratch, Path place, byte[] content) throws IOException {
        Files.createDirectories(scratch);
        Path temporary = scratch.resolve(UUID.randomUUID() + ".small");
        try (FileChannel channel =
                FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(false);
        }
        publish(temporary, place);
    }

    private static void moveInto(Path temporary, Path place) throws IOException {
        try {
            Files.move(temporary, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            if (!Files.exists(temporary)) {
                throw e;
            }
            makeDirectory(parent(place));
            Files.move(temporary, place, StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
