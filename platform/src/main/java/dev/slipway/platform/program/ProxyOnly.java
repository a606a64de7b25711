package dev.slipway.platform.program;

import dev.slipway.platform.loop.Aside;
import dev.slipway.platform.loop.Pause;
import dev.slipway.platform.loop.WallClock;
import dev.slipway.platform.proxy.CountingMetrics;
import dev.slipway.platform.proxy.Proxy;
import dev.slipway.platform.proxy.ProxySettings;
import dev.slipway.platform.route.RouteFeed;
import dev.slipway.platform.route.RouteTable;
import dev.slipway.platform.route.RouteTableFile;
import dev.slipway.platform.route.RouteTables;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * A program that is a proxy and nothing else: no database, no control plane. It serves from the last table it knows, also
 * when the control plane is gone, also after its own restart. See decision 0184.
 */
final class ProxyOnly implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ProxyOnly.class);
    /** The control plane gives a sign of life every five seconds. */
    private static final Duration SILENCE = Duration.ofSeconds(15);

    private final ProxySettings settings;
    private final Proxy proxy;
    private final RouteFeed feed;
    private final InetSocketAddress address;

    /**
     * Restores the last table, listens, and begins to follow.
     *
     * @throws IllegalArgumentException when it is not said whom to follow
     */
    ProxyOnly(ProxySettings settings) {
        this.settings = settings;
        URI control = settings.control()
                .orElseThrow(
                        () -> new IllegalArgumentException("A program with slipway.roles=proxy has to know where the"
                                + " control plane is: set slipway.proxy.control, such as http://10.0.0.1:8080"));
        String token = settings.token()
                .orElseThrow(() -> new IllegalArgumentException("A program with slipway.roles=proxy has to sign in: set"
                        + " slipway.proxy.token to an operator's token of the scope platform-view"));
        RouteTables tables = new RouteTables();
        RouteTableFile file = new RouteTableFile(settings.tableFile());
        switch (file.restore()) {
            case RouteTableFile.Restored.Table(RouteTable table) -> tables.swap(table);
            case RouteTableFile.Restored.Absent() -> LOG.info("no saved route table");
            case RouteTableFile.Restored.Corrupt(String reason) ->
                LOG.warnf("saved route table ignored reason=%s", reason);
        }
        tables.listen(table -> save(file, table));
        proxy = new Proxy(settings, tables, new CountingMetrics(), WallClock.ticker());
        address = proxy.start();
        LOG.infof("proxy listening address=%s", address);
        feed = new RouteFeed(control, token, SILENCE, tables, new SecureRandom());
        Aside.run("slipway-routes", this::follow);
    }

    InetSocketAddress address() {
        return address;
    }

    private void follow() {
        Pause pause = WallClock.pause();
        try {
            feed.follow(pause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void save(RouteTableFile file, RouteTable table) {
        try {
            file.save(table);
        } catch (IOException refused) {
            LOG.warnf(refused, "route table not saved version=%s", table.version());
        }
    }

    @Override
    public void close() {
        feed.stop();
        proxy.stop(settings.drain());
    }
}
