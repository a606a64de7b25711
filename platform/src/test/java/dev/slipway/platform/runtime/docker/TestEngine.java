package dev.slipway.platform.runtime.docker;

import dev.slipway.platform.site.InstallationId;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A connection of a test to the real engine, under an installation of its own that is cleared away at the end. */
final class TestEngine implements AutoCloseable {

    final InstallationId installation = new InstallationId(UUID.randomUUID());
    final ExecutorService work = Executors.newVirtualThreadPerTaskExecutor();
    final DockerConnection connection;
    final DockerRuntime runtime;

    TestEngine(Map<String, String> settings) {
        this.connection =
                new DockerConnection(settings(DockerSettings.class, settings), installation, work, Clock.systemUTC());
        this.runtime = new DockerRuntime(connection, "local");
    }

    /** A settings interface with its defaults, but for the given values. */
    static <T> T settings(Class<T> type, Map<String, String> values) {
        Map<String, String> all = new HashMap<>(values);
        all.putIfAbsent("user.home", "target");
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(all, "test", 100))
                .withMapping(type)
                .withValidateUnknown(false)
                .build()
                .getConfigMapping(type);
    }

    /** Makes the tiny test system an image of the engine under this name. */
    void importSystem(String name) throws Exception {
        Process engineImport = new ProcessBuilder("docker", "import", "-", name)
                .redirectErrorStream(true)
                .start();
        try (var stdin = engineImport.getOutputStream()) {
            stdin.write(TestSystem.layer());
        }
        String output = new String(engineImport.getInputStream().readAllBytes());
        if (engineImport.waitFor() != 0) {
            throw new IllegalStateException("docker import said: " + output);
        }
    }

    void removeImage(String name) {
        try {
            connection.engine().client().removeImageCmd(name).withForce(true).exec();
        } catch (com.github.dockerjava.api.exception.NotFoundException gone) {
            return;
        }
    }

    void removeImagesOfInstallation() {
        connection
                .engine()
                .client()
                .listImagesCmd()
                .withLabelFilter(Map.of(Labels.INSTALLATION, installation.toString()))
                .exec()
                .forEach(image -> removeImage(image.getId()));
    }

    @Override
    public void close() {
        connection
                .engine()
                .client()
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of(Labels.INSTALLATION, installation.toString()))
                .exec()
                .forEach(container -> Leftovers.force(connection.engine(), container.getId()));
        connection.purge();
        connection.close();
        work.shutdownNow();
    }
}
