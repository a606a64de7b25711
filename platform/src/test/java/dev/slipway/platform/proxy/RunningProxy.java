package dev.slipway.platform.proxy;

import dev.slipway.platform.route.Backend;
import dev.slipway.platform.route.Rates;
import dev.slipway.platform.route.Route;
import dev.slipway.platform.route.RouteTables;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;

/** A proxy on a free port of the loopback, for one test. */
final class RunningProxy implements AutoCloseable {
    static final String HOST = "shop--acme.apps.localhost";

    final RouteTables tables = new RouteTables();
    final CountingMetrics metrics = new CountingMetrics();
    final Proxy proxy;
    final InetSocketAddress address;

    RunningProxy(String... settings) {
        proxy = new Proxy(TestSettings.of(settings), tables, metrics, System::nanoTime);
        address = proxy.start();
    }

    /** Routes {@link #HOST} to the backends. */
    RunningProxy to(Backend... backends) {
        tables.update(before -> Map.of(HOST, Route.to("acme/shop", backends)));
        return this;
    }

    /** The same with rates. */
    RunningProxy to(Rates rates, Backend... backends) {
        tables.update(before -> Map.of(HOST, Route.to("acme/shop", backends).with(rates)));
        return this;
    }

    RawClient connect() throws IOException {
        return new RawClient(new Socket(address.getAddress(), address.getPort()));
    }

    /** Sends the bytes on a fresh connection and reads one response. */
    RawClient.Response send(String request) throws IOException {
        try (RawClient client = connect()) {
            return client.send(request).read();
        }
    }

    @Override
    public void close() {
        proxy.stop(Duration.ofSeconds(2));
    }
}
