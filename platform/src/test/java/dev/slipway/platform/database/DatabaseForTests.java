package dev.slipway.platform.database;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A fresh embedded database for a {@code @QuarkusTest}: {@code @QuarkusTestResource(DatabaseForTests.class)}. */
public final class DatabaseForTests implements QuarkusTestResourceLifecycleManager {
    private final Path root = fresh();
    private final EmbeddedPostgres postgres = EmbeddedPostgres.of(root, Path.of("target/postgres"));

    @Override
    public Map<String, String> start() {
        EmbeddedPostgres.Access access = postgres.start();
        return Map.of(
                "quarkus.datasource.jdbc.url", access.url(),
                "quarkus.datasource.username", access.user(),
                "quarkus.datasource.password", access.password());
    }

    @Override
    public void stop() {
        postgres.stop();
        try {
            PostgresPrograms.removeTree(root);
        } catch (IOException cause) {
            throw new UncheckedIOException("remove the test database " + root, cause);
        }
    }

    private static Path fresh() {
        try {
            return Files.createTempDirectory("slipway-test-database");
        } catch (IOException cause) {
            throw new UncheckedIOException("make a directory for the test database", cause);
        }
    }
}
