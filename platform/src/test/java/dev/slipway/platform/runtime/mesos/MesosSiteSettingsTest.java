package dev.slipway.platform.runtime.mesos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.platform.runtime.mesos.wire.MasterCredentials;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MesosSiteSettingsTest {

    @Test
    void theUsualIsEnough() {
        MesosSite site = MesosSiteSettings.read("dc-a", "m1:5050,m2:5050", Map.of());
        assertThat(site.credentials()).isEqualTo(new MasterCredentials.None());
        assertThat(site.containerizer()).isEqualTo(MesosSite.Containerizer.DOCKER);
        assertThat(site.failoverTimeout()).isEqualTo(Duration.ofDays(21));
        assertThat(site.tls()).isEmpty();
    }

    @Test
    void everythingCanBeSaid() {
        MesosSite site = MesosSiteSettings.read(
                "dc-a",
                "m1:5050",
                Map.of(
                        "principal", "slipway",
                        "secret", "geheim",
                        "tls", "on",
                        "containerizer", "mesos",
                        "user", "nobody",
                        "failover-timeout", "P30D",
                        "patience", "PT5S",
                        "gpus", "on"));
        assertThat(site.credentials()).isEqualTo(new MasterCredentials.Basic("slipway", "geheim"));
        assertThat(site.tls()).isPresent();
        assertThat(site.gpus()).isTrue();
        assertThat(site.user()).isEqualTo("nobody");
        assertThat(site.toString()).doesNotContain("geheim");
    }

    @ParameterizedTest
    @CsvSource({
        "m:5050,     failovr,          P1D,      no setting failovr",
        "m:5050,     principal,        slipway,  belong together",
        "m:5050,     secret,           geheim,   belong together",
        "m:5050,     containerizer,    rkt,      docker or mesos",
        "m:5050,     failover-timeout, 3 weeks,  P21D",
        "m:5050,     failover-timeout, PT1M,     an hour or more",
        "m:5050,     patience,         PT0S,     positive",
        "m:5050,     gpus,             yes,      on or off",
        "m:5050,     ca,               nonsense, PEM",
        "http://m,   user,             root,     host:port",
        "'',         user,             root,     names its masters"
    })
    void whatIsWrongIsNamedWithWhatIsRight(String masters, String key, String value, String hint) {
        assertThatThrownBy(() -> MesosSiteSettings.read("dc-a", masters, Map.of(key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(hint)
                .message()
                .doesNotContain("geheim");
    }
}
