package dev.slipway.platform.runtime.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A control group above the containers of one Dockerfile build, by which they are known, and for the limit of processes,
 * which the engine's build request cannot carry. The limit is set by hand where Slipway may do so: as root, without
 * systemd's driver; elsewhere each container is given it once it is seen ({@link BuildContainers}).
 *
 * @param name its path from the root, or a systemd slice, as the engine wants it
 * @param limited whether the limit of processes holds for all of it
 */
record BuildGroup(String name, boolean limited) implements AutoCloseable {

    private static final Path GROUPS = Path.of("/sys/fs/cgroup");

    /**
     * Makes one.
     *
     * @param id hexadecimal digits that no other build has
     * @param driver the engine's driver of control groups
     */
    static BuildGroup make(String id, int pids, String driver) {
        if (!driver.equals("cgroupfs")) {
            return new BuildGroup("slipwaybuild" + id + ".slice", false);
        }
        String name = "/slipway-build-" + id;
        Path directory = directory(name);
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve("pids.max"), String.valueOf(pids));
            return new BuildGroup(name, true);
        } catch (IOException e) {
            return new BuildGroup(name, false);
        }
    }

    private static Path directory(String name) {
        Path first = GROUPS.resolve("pids");
        return (Files.isDirectory(first) ? first : GROUPS).resolve(name.substring(1));
    }

    @Override
    public void close() {
        if (!name.startsWith("/") || !Files.isDirectory(GROUPS)) {
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
