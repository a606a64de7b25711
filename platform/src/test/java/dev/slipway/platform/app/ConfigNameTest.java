package dev.slipway.platform.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigNameTest {
    @Test
    void takesEnvironmentNames() {
        for (String name : List.of("A", "_x", "DATABASE_URL", "a1")) {
            assertThat(new ConfigName(name).value()).isEqualTo(name);
        }
    }

    @Test
    void refusesWhatNoEnvironmentCarriesAndWhatSlipwaySets() {
        for (String name : List.of("", "1A", "A-B", "A B", "A=B", "ä", "A\n", "PORT", "SLIPWAY_APP", "SOURCE_COMMIT")) {
            assertThatThrownBy(() -> new ConfigName(name)).isInstanceOf(InvalidSettingException.class);
        }
    }
}
