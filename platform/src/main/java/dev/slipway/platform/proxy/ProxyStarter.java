package dev.slipway.platform.proxy;

import dev.slipway.platform.route.RouteTable;
import dev.slipway.platform.route.RouteTableFile;
import dev.slipway.platform.route.RouteTables;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.function.LongSupplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Runs the proxy in programs that have the role {@code proxy}, with the routes of its last run until newer ones come. */
@ApplicationScoped
public class ProxyStarter {
    private static final Logger LOG = Logger.getLogger(ProxyStarter.class);

    private final ProxySettings settings;
    private final RouteTables tables;
    private final ProxyMetrics metrics;
    private final LongSupplier ticker;
    private final boolean wanted;

    @Inject
    ProxyStarter(
            ProxySettings settings,
            RouteTables tables,
            ProxyMetrics metrics,
            @Named("ticker") LongSupplier ticker,
            @ConfigProperty(name = "slipway.roles", defaultValue = "all") List<String> roles) {
        this.settings = settings;
        this.tables = tables;
        this.metrics = metrics;
        this.ticker = ticker;
        this.wanted = roles.contains("all") || roles.contains("proxy");
    }

    /** The proxy of this program, for those that wait for an instance to drain. It listens only if the role is given. */
    @Produces
    @Singleton
    Proxy proxy() {
        return new Proxy(settings, tables, metrics, ticker);
    }

    /** Before the control plane publishes its first routes: the ones of the last run must not take the place of newer. */
    void start(@Observes @Priority(1000) StartupEvent event, Proxy proxy) {
        if (!wanted) {
            return;
        }
        RouteTableFile file = new RouteTableFile(settings.tableFile());
        switch (file.restore()) {
            case RouteTableFile.Restored.Table(RouteTable table) -> tables.swap(table);
            case RouteTableFile.Restored.Absent() -> LOG.debug("no saved route table");
            case RouteTableFile.Restored.Corrupt(String reason) ->
                LOG.warnf("saved route table ignored reason=%s", reason);
        }
        tables.listen(table -> save(file, table));
        LOG.infof("proxy listening address=%s", proxy.start());
    }

    void stop(@Observes ShutdownEvent event, Proxy proxy) {
        proxy.stop(settings.drain());
    }

    private static void save(RouteTableFile file, RouteTable table) {
        try {
            file.save(table);
        } catch (IOException refused) {
            LOG.warnf(refused, "route table not saved version=%s", table.version());
        }
    }
}
