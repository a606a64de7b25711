package dev.slipway.registry.access;

import dev.slipway.registry.blob.StorageException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;

/** The secret that tokens are signed with: 32 random bytes in a file that only its owner may read. */
public final class TokenKey {
    private static final int LENGTH = 32;

    private final byte[] secret;

    private TokenKey(byte[] secret) {
        this.secret = secret;
    }

    /** A key that lives as long as the process. */
    public static TokenKey random() {
        byte[] secret = new byte[LENGTH];
        new SecureRandom().nextBytes(secret);
        return new TokenKey(secret);
    }

    /**
     * The key in a file, which is made if it is not there.
     *
     * @throws StorageException if it can be neither read nor made
     */
    public static TokenKey in(Path file) {
        try {
            if (!Files.exists(file)) {
                create(file);
            }
            byte[] secret = Files.readAllBytes(file);
            if (secret.length < LENGTH) {
                throw new IOException("the file has " + secret.length + " bytes, a key has " + LENGTH);
            }
            return new TokenKey(secret);
        } catch (IOException e) {
            throw new StorageException("read the token key", file.toString(), e);
        }
    }

    private static void create(Path file) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        Path directory = Files.createDirectories(parent == null ? file.toAbsolutePath() : parent);
        Path temporary = Files.createTempFile(
                directory,
                "token",
                ".key",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(temporary, random().secret);
        try {
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException e) {
            Files.delete(temporary); // made by another process in the same instant
        }
    }

    byte[] secret() {
        return secret.clone();
    }
}
