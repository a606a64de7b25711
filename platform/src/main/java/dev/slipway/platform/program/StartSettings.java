package dev.slipway.platform.program;

import dev.slipway.platform.backup.Places;
import dev.slipway.platform.database.EmbeddedPostgres;
import dev.slipway.platform.proxy.ProxySettings;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The few settings that are needed before the application, and its configuration, exist, or without it. They are read from the same
 * places in the same order: system properties, environment, {@code config/application.properties} of the working
 * directory.
 *
 * @param home {@code slipway.home}, default {@code ~/.slipway}
 * @param database where {@code slipway.database.url} (JDBC) leads; absent means the embedded server
 * @param databasePrograms {@code slipway.database.programs}: where PostgreSQL's programs are unpacked, default in the
 *     home
 * @param places where what is not in the database is kept
 * @param bucket {@code slipway.registry.s3.bucket}
 * @param proxyOnly whether {@code slipway.roles} says {@code proxy} and nothing else
 */
record StartSettings(
        Path home,
        Optional<EmbeddedPostgres.Access> database,
        Path databasePrograms,
        Places places,
        Optional<String> bucket,
        boolean proxyOnly) {
    private static final Path FILE = Path.of("config", "application.properties");
    private static final int ORDINAL_BELOW_ENVIRONMENT = 260;

    static StartSettings read() {
        return from(builder().build());
    }

    private static SmallRyeConfigBuilder builder() {
        SmallRyeConfigBuilder builder =
                new SmallRyeConfigBuilder().addDefaultSources().addDefaultInterceptors();
        if (Files.isReadable(FILE)) {
            try {
                builder.withSources(new PropertiesConfigSource(FILE.toUri().toURL(), ORDINAL_BELOW_ENVIRONMENT));
            } catch (IOException cause) {
                throw new UncheckedIOException("read " + FILE.toAbsolutePath(), cause);
            }
        }
        return builder;
    }

    /** The proxy's own, from the same places. */
    static ProxySettings proxy(Path home) {
        System.setProperty("slipway.home", home.toString());
        return builder()
                .withMapping(ProxySettings.class)
                .withConverter(Duration.class, 200, new DurationConverter())
                .build()
                .getConfigMapping(ProxySettings.class);
    }

    static StartSettings from(SmallRyeConfig config) {
        Path home = config.getOptionalValue("slipway.home", String.class)
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".slipway"))
                .toAbsolutePath()
                .normalize();
        return new StartSettings(
                home,
                config.getOptionalValue("slipway.database.url", String.class).map(url -> access(url, config)),
                path(config, "slipway.database.programs", home.resolve("postgres")),
                new Places(
                        home,
                        path(config, "slipway.git.directory", home.resolve("git")),
                        path(config, "slipway.registry.root", home.resolve("registry")),
                        path(config, "slipway.secret.key-file", home.resolve("secret.keys")),
                        path(config, "slipway.ssh.host-key", home.resolve("ssh/host-ed25519"))),
                config.getOptionalValue("slipway.registry.s3.bucket", String.class),
                config.getOptionalValue("slipway.roles", String.class)
                        .orElse("all")
                        .strip()
                        .equals("proxy"));
    }

    private static EmbeddedPostgres.Access access(String url, SmallRyeConfig config) {
        return new EmbeddedPostgres.Access(
                url,
                config.getOptionalValue("slipway.database.username", String.class)
                        .orElse("slipway"),
                config.getOptionalValue("slipway.database.password", String.class)
                        .orElse(""));
    }

    private static Path path(SmallRyeConfig config, String key, Path otherwise) {
        return config.getOptionalValue(key, String.class).map(Path::of).orElse(otherwise);
    }
}
