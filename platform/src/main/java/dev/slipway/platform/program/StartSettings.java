package dev.slipway.platform.program;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The few settings that are needed before the application, and its configuration, exist. They are read from the same
 * places in the same order: system properties, environment, {@code config/application.properties} of the working
 * directory.
 *
 * @param home {@code slipway.home}, default {@code ~/.slipway}
 * @param databaseUrl {@code slipway.database.url}, JDBC; absent means the embedded server
 * @param databasePrograms {@code slipway.database.programs}: where PostgreSQL's programs are unpacked, default in the
 *     home
 */
record StartSettings(Path home, Optional<String> databaseUrl, Path databasePrograms) {
    private static final Path FILE = Path.of("config", "application.properties");
    private static final int ORDINAL_BELOW_ENVIRONMENT = 260;

    static StartSettings read() {
        SmallRyeConfigBuilder builder =
                new SmallRyeConfigBuilder().addDefaultSources().addDefaultInterceptors();
        if (Files.isReadable(FILE)) {
            try {
                builder.withSources(new PropertiesConfigSource(FILE.toUri().toURL(), ORDINAL_BELOW_ENVIRONMENT));
            } catch (IOException cause) {
                throw new UncheckedIOException("read " + FILE.toAbsolutePath(), cause);
            }
        }
        return from(builder.build());
    }

    static StartSettings from(SmallRyeConfig config) {
        Path home = config.getOptionalValue("slipway.home", String.class)
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".slipway"))
                .toAbsolutePath()
                .normalize();
        return new StartSettings(
                home,
                config.getOptionalValue("slipway.database.url", String.class),
                config.getOptionalValue("slipway.database.programs", String.class)
                        .map(Path::of)
                        .orElseGet(() -> home.resolve("postgres")));
    }
}
