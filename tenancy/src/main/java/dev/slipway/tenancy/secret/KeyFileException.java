package dev.slipway.tenancy.secret;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A key file that cannot be used. */
public final class KeyFileException extends RuntimeException {
    private final Path file;

    KeyFileException(Path file, String why, @Nullable Throwable cause) {
        super("The key file cannot be used: file=" + file + " reason=" + why, cause);
        this.file = file;
    }

    /** Which file. */
    public Path file() {
        return file;
    }
}
