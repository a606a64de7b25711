package dev.slipway.platform.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The tree of the embedded database:
 *
 * <pre>
 * SLIPWAY_HOME/postgres/     0700
 *   data/                    made by initdb under another name and renamed when whole
 *   data.new/                an initdb that was cut off; removed at the next start
 *   password                 0600, made once
 *   start.log                what the last start said
 *   programs-17.5.0/         unpacked PostgreSQL (may be elsewhere: slipway.database.programs)
 * </pre>
 */
record PostgresDirectory(Path root) {
    private static final int PASSWORD_BYTES = 24;

    /** Made, closed to others, and by its real path: the server is recognised by it. */
    static PostgresDirectory make(Path root) {
        try {
            Files.createDirectories(root);
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
            return new PostgresDirectory(root.toRealPath());
        } catch (IOException cause) {
            throw new DatabaseException("make the database directory " + root, cause);
        }
    }

    Path data() {
        return root.resolve("data");
    }

    Path dataInTheMaking() {
        return root.resolve("data.new");
    }

    Path startLog() {
        return root.resolve("start.log");
    }

    Path postmasterFile() {
        return data().resolve("postmaster.pid");
    }

    /** There since the database was made, so that a start need not ask; with the data, whose truth it tells. */
    Path databaseMade() {
        return data().resolve("slipway.made");
    }

    Path passwordFile() {
        return root.resolve("password");
    }

    /** The password of the only role, made on the first call. */
    String password() {
        try {
            if (!Files.exists(passwordFile())) {
                writePassword();
            }
            return Files.readString(passwordFile()).strip();
        } catch (IOException cause) {
            throw new DatabaseException("read the database password " + passwordFile(), cause);
        }
    }

    private void writePassword() throws IOException {
        byte[] secret = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(secret);
        Path draft = root.resolve("password.new");
        Files.deleteIfExists(draft);
        Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(draft, HexFormat.of().formatHex(secret) + "\n");
        Files.move(draft, passwordFile());
    }
}
