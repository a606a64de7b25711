package dev.slipway.buildpacks.lifecycle;

import dev.slipway.buildpacks.source.FileOwner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * Lays out the directory that host and sandbox share.
 *
 * <pre>
 *   control/    ours: the driver, and what it is told; the build can read it
 *   out/        the build user's: what detections print and plan
 *   workspace/  the build user's: the app
 *   layers/     the build user's: one directory per buildpack
 *   platform/   the build user's: the developer's build variables
 * </pre>
 */
final class Exchange {

    private static final List<String> GIVEN = List.of("out", "workspace", "layers", "platform");

    private Exchange() {}

    /**
     * Makes the directories. The shared directory itself is taken over, so that the build cannot put something else in
     * the place of {@code control} or of a directory that is read later.
     *
     * @return the build user
     */
    static FileOwner prepare(Path exchange) throws IOException {
        FileOwner owner = FileOwner.of(exchange);
        for (String name : GIVEN) {
            Path directory = Files.createDirectories(exchange.resolve(name));
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
            owner.give(directory);
        }
        FileOwner.self().give(exchange);
        Files.setPosixFilePermissions(exchange, PosixFilePermissions.fromString("rwxr-xr-x"));
        return owner;
    }
}
