package dev.slipway.bench.proxy;

import dev.slipway.platform.proxy.CountingMetrics;
import dev.slipway.platform.proxy.Proxy;
import dev.slipway.platform.proxy.ProxySettings;
import dev.slipway.platform.route.Backend;
import dev.slipway.platform.route.Route;
import dev.slipway.platform.route.RouteTable;
import dev.slipway.platform.route.RouteTables;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.WithDefault;
import java.lang.reflect.InvocationHandler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The built-in proxy on one event loop, with its default settings otherwise. */
public final class ProxyAlone {
    private ProxyAlone() {}

    /** @param args port to listen on, host name to route, port of the backend */
    public static void main(String[] args) throws InterruptedException {
        ProxySettings settings = settings(Map.of("port", args[0], "host", "127.0.0.1", "threads", "1"));
        RouteTables tables = new RouteTables();
        Backend backend = new Backend("bench", "127.0.0.1", Integer.parseInt(args[2]));
        tables.swap(new RouteTable(1, Map.of(args[1], Route.to("bench/app", backend))));
        System.out.println("listening " + new Proxy(settings, tables, new CountingMetrics(), System::nanoTime).start());
        Thread.currentThread().join();
    }

    /** The settings' own defaults but for {@code changed}, without a configuration of the whole program. */
    private static ProxySettings settings(Map<String, String> changed) {
        InvocationHandler answers = (self, method, none) -> {
            WithDefault fallback = method.getAnnotation(WithDefault.class);
            String text = changed.getOrDefault(method.getName(), fallback == null ? "" : fallback.value());
            Class<?> type = method.getReturnType();
            if (type == int.class) {
                return Integer.valueOf(text);
            } else if (type == boolean.class) {
                return Boolean.valueOf(text);
            } else if (type == Duration.class) {
                return new DurationConverter().convert(text);
            } else if (type == Path.class) {
                return Path.of(text);
            }
            return type == Optional.class ? Optional.empty() : text;
        };
        return (ProxySettings) java.lang.reflect.Proxy.newProxyInstance(
                ProxySettings.class.getClassLoader(), new Class<?>[] {ProxySettings.class}, answers);
    }
}
