package dev.slipway.platform.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartSettingsTest {
    @Test
    void theDefaultsAreTheHomeOfTheUserAndTheEmbeddedDatabase() {
        StartSettings settings = from(Map.of());
        assertThat(settings.home()).isEqualTo(Path.of(System.getProperty("user.home"), ".slipway"));
        assertThat(settings.database()).isEmpty();
        assertThat(settings.bucket()).isEmpty();
        assertThat(settings.proxyOnly()).isFalse();
        assertThat(from(Map.of("slipway.roles", "proxy")).proxyOnly()).isTrue();
        assertThat(from(Map.of("slipway.roles", "proxy,control")).proxyOnly()).isFalse();
        assertThat(settings.places().keys()).isEqualTo(settings.home().resolve("secret.keys"));
        assertThat(settings.databasePrograms()).isEqualTo(settings.home().resolve("postgres"));
    }

    @Test
    void eachCanBeSet() {
        StartSettings settings = from(Map.of(
                "slipway.home", "/srv/slipway/../slipway",
                "slipway.database.url", "jdbc:postgresql://db/slipway",
                "slipway.database.programs", "/opt/postgres"));
        assertThat(settings.home()).isEqualTo(Path.of("/srv/slipway"));
        assertThat(settings.database())
                .map(access -> access.toString())
                .contains("slipway@jdbc:postgresql://db/slipway");
        assertThat(settings.databasePrograms()).isEqualTo(Path.of("/opt/postgres"));
    }

    private static StartSettings from(Map<String, String> values) {
        return StartSettings.from(new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build());
    }
}
