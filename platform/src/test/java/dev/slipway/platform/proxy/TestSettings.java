package dev.slipway.platform.proxy;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The proxy's real settings interface over a map, as the program itself reads it. */
final class TestSettings {
    private TestSettings() {}

    /** Loopback, a free port, two event loops, and {@code keyValues} without their prefix. */
    static ProxySettings of(String... keyValues) {
        Map<String, String> values = new HashMap<>(
                Map.of("slipway.proxy.host", "127.0.0.1", "slipway.proxy.port", "0", "slipway.proxy.threads", "2"));
        for (int i = 0; i < keyValues.length; i += 2) {
            values.put("slipway.proxy." + keyValues[i], keyValues[i + 1]);
        }
        return read(values);
    }

    static ProxySettings read(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(Map.of("user.home", "/home/somebody"), "system", 100))
                .withSources(new PropertiesConfigSource(values, "test", 200))
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(ProxySettings.class)
                .build()
                .getConfigMapping(ProxySettings.class);
    }
}
