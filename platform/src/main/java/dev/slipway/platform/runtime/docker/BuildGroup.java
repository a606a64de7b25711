package dev.slipway.platform.runtime.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A control group above the containers of one Dockerfile build, for the limit of processes, which the engine's build
 * request cannot carry. Only where Slipway may make control groups by hand: as root, without systemd's driver.
 *
 * @param name its path from the root, as the engine wants it; empty if there is none
 */
record BuildGroup(String name) implements AutoCloseable {

    private static final Path GROUPS = Path.of("/sys/fs/cgroup");

    static BuildGroup make(String id, int pids, String driver) {
        if (!driver.equals("cgroupfs")) {
            return new BuildGroup("");
        }
        String name = "/" + id;
        Path directory = directory(name);
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve("pids.max"), String.valueOf(pids));
            return new BuildGroup(name);
        } catch (IOException e) {
            return new BuildGroup("");
        }
    }

    private static Path directory(String name) {
        Path first = GROUPS.resolve("pids");
        return (Files.isDirectory(first) ? first : GROUPS).resolve(name.substring(1));
    }

    @Override
    public void close() {
        if (name.isEmpty() || !Files.isDirectory(GROUPS)) {
            return;
        }
        try (var controllers = Files.newDirectoryStream(GROUPS, Files::isDirectory)) {
            for (Path controller : controllers) {
                removeEmpty(controller.resolve(name.substring(1)));
            }
            removeEmpty(GROUPS.resolve(name.substring(1)));
        } catch (IOException e) {
            // A group that cannot be removed is empty and harmless.
            return;
        }
    }

    private static void removeEmpty(Path group) {
        try {
            Files.deleteIfExists(group);
        } catch (IOException e) {
            // It is still in use by a container that the engine is removing.
            return;
        }
    }
}
