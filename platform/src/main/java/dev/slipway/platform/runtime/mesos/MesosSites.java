package dev.slipway.platform.runtime.mesos;

import dev.slipway.platform.loop.Loops;
import dev.slipway.platform.loop.Pause;
import dev.slipway.platform.runtime.PullTickets;
import dev.slipway.platform.runtime.Runtime;
import dev.slipway.platform.runtime.RuntimeProvider;
import dev.slipway.platform.site.InstallationId;
import dev.slipway.platform.site.Leadership;
import dev.slipway.platform.site.Site;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import javax.sql.DataSource;

/** Sites that are Mesos clusters. A site's address names its masters; {@link MesosSiteSettings} reads the rest. */
@ApplicationScoped
class MesosSites implements RuntimeProvider {
    private final DataSource database;
    private final Leadership leadership;
    private final InstallationId installation;
    private final PullTickets tickets;
    private final ExecutorService work;
    private final Clock clock;
    private final Pause pause;
    private final Loops loops;

    MesosSites(
            DataSource database,
            Leadership leadership,
            InstallationId installation,
            PullTickets tickets,
            ExecutorService work,
            Clock clock,
            Pause pause,
            Loops loops) {
        this.database = database;
        this.leadership = leadership;
        this.installation = installation;
        this.tickets = tickets;
        this.work = work;
        this.clock = clock;
        this.pause = pause;
        this.loops = loops;
    }

    @Override
    public String kind() {
        return "mesos";
    }

    @Override
    public Runtime open(Site site) {
        String name = site.name().value();
        MesosLedger ledger = new MesosLedger(database, name, leadership::epoch);
        MesosSite cluster = MesosSiteSettings.read(name, site.address(), site.settings());
        return new MesosRuntime(cluster, installation, tickets, ledger, work, clock, pause, loops);
    }
}
