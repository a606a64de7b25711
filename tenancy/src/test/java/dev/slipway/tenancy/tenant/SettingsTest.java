package dev.slipway.tenancy.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.tenancy.quota.QuotaSettings;
import dev.slipway.tenancy.secret.SecretSettings;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Pins the settings that README.md promises. */
class SettingsTest {
    @Test
    void defaultsAreThoseOfTheReadme() {
        SmallRyeConfig config = config(Map.of("user.home", "/home/ada"));
        AccountSettings accounts = config.getConfigMapping(AccountSettings.class);

        assertThat(accounts.passwordIterations()).isEqualTo(210_000);
        assertThat(accounts.passwordShortest()).isEqualTo(10);
        assertThat(accounts.freeFailures()).isEqualTo(5);
        assertThat(accounts.freeAddressFailures()).isEqualTo(50);
        assertThat(accounts.longestLock()).isEqualTo(Duration.ofMinutes(15));
        assertThat(accounts.tokenLife()).isEqualTo(Duration.ofDays(90));
        assertThat(accounts.tokenLongestLife()).isEqualTo(Duration.ofDays(366));
        assertThat(config.getConfigMapping(QuotaSettings.class).defaults()).isEmpty();
        assertThat(config.getConfigMapping(SecretSettings.class).keyFile())
                .isEqualTo(Path.of("/home/ada/.slipway/secret.keys"));
    }

    @Test
    void theHomeMovesTheKeyFileAndQuotasAreReadByName() {
        SmallRyeConfig config =
                config(Map.of("slipway.home", "/srv/slipway", "slipway.quota.default.memory-bytes", "5"));

        assertThat(config.getConfigMapping(SecretSettings.class).keyFile())
                .isEqualTo(Path.of("/srv/slipway/secret.keys"));
        assertThat(config.getConfigMapping(QuotaSettings.class).defaults())
                .containsExactly(Map.entry("memory-bytes", 5L));
    }

    @Test
    void aSettingThatDoesNotExistFailsLoudly() {
        assertThatThrownBy(() -> config(Map.of("slipway.accounts.pasword-shortest", "3")))
                .hasMessageContaining("slipway.accounts.pasword-shortest");
    }

    private static SmallRyeConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .withMapping(AccountSettings.class)
                .withMapping(QuotaSettings.class)
                .withMapping(SecretSettings.class)
                .build();
    }
}
