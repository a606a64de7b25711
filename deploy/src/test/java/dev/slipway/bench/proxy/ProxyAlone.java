package dev.slipway.bench.proxy;

import dev.slipway.platform.proxy.CountingMetrics;
import dev.slipway.platform.proxy.Proxy;
import dev.slipway.platform.proxy.ProxySettings;
import dev.slipway.platform.route.Backend;
import dev.slipway.platform.route.Route;
import dev.slipway.platform.route.RouteTable;
import dev.slipway.platform.route.RouteTables;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;

/** The built-in proxy on one event loop, with its default settings otherwise. */
public final class ProxyAlone {
    private ProxyAlone() {}

    /** @param args port to listen on, host name to route, port of the backend */
    public static void main(String[] args) throws InterruptedException {
        Map<String, String> values = Map.of(
                "slipway.proxy.port",
                args[0],
                "slipway.proxy.host",
                "127.0.0.1",
                "slipway.proxy.threads",
                "1",
                "user.home",
                System.getProperty("user.home"));
        ProxySettings settings = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(values, "bench", 100))
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(ProxySettings.class)
                .build()
                .getConfigMapping(ProxySettings.class);
        RouteTables tables = new RouteTables();
        Backend backend = new Backend("bench", "127.0.0.1", Integer.parseInt(args[2]));
        tables.swap(new RouteTable(1, Map.of(args[1], Route.to("bench/app", backend))));
        System.out.println("listening " + new Proxy(settings, tables, new CountingMetrics(), System::nanoTime).start());
        Thread.currentThread().join();
    }
}
