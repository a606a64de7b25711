package dev.slipway.tenancy.secret;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;

/** The keys on disk: readable by the owner alone, complete or absent, made once however many processes start. */
final class KeyFile {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Path file;
    private final SecureRandom random;

    KeyFile(Path file, SecureRandom random) {
        this.file = file.toAbsolutePath();
        this.random = random;
    }

    /** Reads the keys, making the first one if there is no file. */
    KeyRing open() {
        try {
            if (!Files.exists(file)) {
                create();
            }
            return read();
        } catch (IOException e) {
            throw new KeyFileException(file, "it cannot be read or made", e);
        }
    }

    /** Reads the keys again, making nothing. */
    KeyRing again() {
        try {
            return read();
        } catch (IOException e) {
            throw new KeyFileException(file, "it cannot be read", e);
        }
    }

    /** Adds a key that seals from now on. */
    KeyRing rotate() {
        Path lock = file.resolveSibling(file.getFileName() + ".lock");
        try (FileChannel held = FileChannel.open(lock, CREATE, WRITE);
                FileLock ignored = held.lock()) {
            open();
            Path next = write(Files.readString(file) + freshLine());
            Files.move(next, file, ATOMIC_MOVE);
            return read();
        } catch (IOException e) {
            throw new KeyFileException(file, "a key cannot be added", e);
        }
    }

    private void create() throws IOException {
        Files.createDirectories(file.getParent());
        Path next =
                write("# Slipway sealing keys, the last line seals. Keep this file safe and secret.\n" + freshLine());
        try {
            Files.createLink(file, next);
        } catch (FileAlreadyExistsException e) {
            // Another process was first; its key counts.
        } finally {
            Files.delete(next);
        }
    }

    private KeyRing read() throws IOException {
        if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            throw new KeyFileException(file, "others may read it; run: chmod 600 " + file, null);
        }
        return KeyRing.parse(Files.readString(file))
                .orElseThrow(() -> new KeyFileException(file, "a line is not a key; restore it from a backup", null));
    }

    private Path write(String text) throws IOException {
        Path next =
                file.resolveSibling(file.getFileName() + "." + HexFormat.of().formatHex(bytes(8)));
        try (FileChannel channel = FileChannel.open(
                next, EnumSet.of(CREATE_NEW, WRITE), PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
            ByteBuffer buffer = StandardCharsets.UTF_8.encode(text);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        return next;
    }

    private String freshLine() {
        return KeyRing.line(bytes(KeyRing.ID_BYTES), bytes(KeyRing.KEY_BYTES));
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
