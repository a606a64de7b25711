package dev.slipway.platform.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The right to use a home, held by one process at a time in {@code SLIPWAY_HOME/slipway.lock}. The kernel gives it
 * back when the process ends in whatever way, so a lock is never stale.
 */
final class HomeLock implements AutoCloseable {
    private final FileChannel channel;

    private HomeLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the home, making it (mode 0700) if need be.
     *
     * @throws HomeInUseException when another process holds it
     */
    static HomeLock take(Path home) {
        Path file = home.resolve("slipway.lock");
        FileChannel channel = open(home, file);
        try {
            if (lock(channel) == null) {
                String holder = Files.readString(file).strip();
                channel.close();
                throw new HomeInUseException(home, holder);
            }
            channel.truncate(0);
            byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
            channel.write(ByteBuffer.wrap(pid), 0);
            return new HomeLock(channel);
        } catch (IOException cause) {
            throw new UncheckedIOException("take " + file, cause);
        }
    }

    private static FileChannel open(Path home, Path file) {
        try {
            if (!Files.exists(home)) {
                Files.createDirectories(home);
                Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
            }
            return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException cause) {
            throw new UncheckedIOException("open " + file, cause);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException cause) {
            throw new UncheckedIOException("give the home lock back", cause);
        }
    }
}
