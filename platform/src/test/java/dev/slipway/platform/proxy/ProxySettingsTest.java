package dev.slipway.platform.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProxySettingsTest {
    @Test
    void hasTheseDefaults() {
        ProxySettings settings = TestSettings.read(Map.of());
        assertThat(settings.host()).isEqualTo("0.0.0.0");
        assertThat(settings.port()).isEqualTo(8000);
        assertThat(settings.threads()).isZero();
        assertThat(settings.maxRequestLine()).isEqualTo(8192);
        assertThat(settings.maxHeaders()).isEqualTo(32768);
        assertThat(settings.headerTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.responseTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.maxInFlight()).isEqualTo(512);
        assertThat(settings.trusted()).isEmpty();
        assertThat(settings.tableFile()).isEqualTo(Path.of("/home/somebody/.slipway/routes.json"));
    }

    @Test
    void findsTheBucketOfALatency() {
        for (int bucket = 0; bucket < AppTotals.BUCKETS - 1; bucket++) {
            assertThat(AppTotals.bucket(AppTotals.bound(bucket))).isEqualTo(bucket);
            assertThat(AppTotals.bucket(AppTotals.bound(bucket) + 1)).isEqualTo(bucket + 1);
        }
    }
}
