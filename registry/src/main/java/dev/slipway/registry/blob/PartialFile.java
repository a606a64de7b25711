package dev.slipway.registry.blob;

import dev.slipway.registry.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** A file that grows and is hashed as it grows. Used by one thread at a time. */
final class PartialFile {
    private static final int BUFFER = 256 * 1024;

    private final Path path;
    private long size;
    private @Nullable MessageDigest hasher;

    private PartialFile(Path path, long size, @Nullable MessageDigest hasher) {
        this.path = path;
        this.size = size;
        this.hasher = hasher;
    }

    static PartialFile create(Path path) throws IOException {
        Files.createFile(path);
        return new PartialFile(path, 0, Digest.Algorithm.SHA256.hasher());
    }

    /** Goes on where another process stopped; the hash is then made at the end. */
    static PartialFile resume(Path path) throws IOException {
        return new PartialFile(path, Files.size(path), null);
    }

    long size() {
        return size;
    }

    /** Where the content lies. */
    Path path() {
        return path;
    }

    FileChannel open() throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
        try {
            channel.truncate(size);
            channel.position(size);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Adds bytes: all of them, or none as far as size and hash are concerned. */
    void add(FileChannel channel, byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
        try {
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        } catch (IOException e) {
            channel.truncate(size);
            channel.position(size);
            throw e;
        }
        if (hasher != null) {
            hasher.update(bytes, offset, length);
        }
        size += length;
    }

    Digest digest(Digest.Algorithm algorithm) throws IOException {
        if (hasher != null && algorithm == Digest.Algorithm.SHA256) {
            byte[] hash = hasher.digest();
            hasher = null;
            return Digest.ofHash(algorithm, hash);
        }
        return hash(algorithm, path);
    }

    /** Cuts off what a failed write may have left behind the end, and tells the length. */
    long trimmed() throws IOException {
        if (Files.size(path) != size) {
            open().close();
        }
        return size;
    }

    static Digest hash(Digest.Algorithm algorithm, Path path) throws IOException {
        MessageDigest fresh = algorithm.hasher();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(path)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                fresh.update(buffer, 0, read);
            }
        }
        return Digest.ofHash(algorithm, fresh.digest());
    }
}
