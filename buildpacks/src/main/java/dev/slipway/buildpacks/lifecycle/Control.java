package dev.slipway.buildpacks.lifecycle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/**
 * The directory by which the lifecycle tells the driver in the sandbox what to do. The build user can read it and
 * cannot write it; what the driver says comes back in its output.
 */
final class Control {

    /** Where the directory is inside the sandbox. */
    static final String INSIDE = "/slipway/control";

    private final Path directory;

    private Control(Path directory) {
        this.directory = directory;
    }

    /** Makes the directory with the driver in it. */
    static Control create(Path exchange, String nonce) throws IOException {
        Path directory = exchange.resolve("control");
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Control control = new Control(directory);
        try (InputStream driver = Objects.requireNonNull(Control.class.getResourceAsStream("driver.sh"))) {
            control.write("driver.sh", new String(driver.readAllBytes(), StandardCharsets.UTF_8));
        }
        control.write("nonce", nonce);
        return control;
    }

    /** Writes a file that appears complete or not at all. */
    void write(String name, String text) throws IOException {
        Path temporary = directory.resolve(name + ".new");
        Files.writeString(temporary, text);
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rw-r--r--"));
        Files.move(temporary, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }
}
