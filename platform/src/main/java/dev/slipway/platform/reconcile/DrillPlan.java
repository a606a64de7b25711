package dev.slipway.platform.reconcile;

import dev.slipway.platform.site.Drill;
import dev.slipway.platform.site.DrillSchedule;
import dev.slipway.platform.site.DrillSchedules;
import dev.slipway.platform.site.Drills;
import dev.slipway.platform.site.Fence;
import dev.slipway.platform.site.Site;
import dev.slipway.platform.site.SiteName;
import dev.slipway.platform.site.SiteState;
import dev.slipway.platform.site.Sites;
import dev.slipway.tenancy.audit.AuditEntry;
import dev.slipway.tenancy.audit.AuditField;
import dev.slipway.tenancy.audit.AuditLog;
import dev.slipway.tenancy.audit.AuditSubject;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Says whether a site's loss can be rehearsed now, and begins the drills whose time has come. */
@ApplicationScoped
public class DrillPlan {
    private static final Logger LOG = Logger.getLogger(DrillPlan.class);

    private final DrillSchedules schedules;
    private final Drills drills;
    private final DrillRound drill;
    private final Sites sites;
    private final AuditLog audit;
    private final Fence fence;
    private final Clock clock;

    DrillPlan(
            DrillSchedules schedules,
            Drills drills,
            DrillRound drill,
            Sites sites,
            AuditLog audit,
            Fence fence,
            Clock clock) {
        this.schedules = schedules;
        this.drills = drills;
        this.drill = drill;
        this.sites = sites;
        this.audit = audit;
        this.fence = fence;
        this.clock = clock;
    }

    /** Why the loss of a site cannot be rehearsed now; a sentence for who asked. */
    public Optional<String> objection(Site site) {
        if (!(site.state() instanceof SiteState.Active)) {
            return Optional.of("Site " + site.name() + " is "
                    + site.state().code().toLowerCase(Locale.ROOT)
                    + ": only the loss of a site that is in use can be rehearsed.");
        }
        Optional<Drill> running = drills.running();
        if (running.isPresent()) {
            return Optional.of("A drill of site " + running.get().site() + " runs. drill:abort ends it.");
        }
        boolean others = sites.all().stream()
                .anyMatch(other ->
                        !other.name().equals(site.name()) && other.state().takesInstances());
        return others
                ? Optional.empty()
                : Optional.of("Site " + site.name()
                        + " is the only one in use: nothing could run elsewhere. sites:join takes another one.");
    }

    /** Begins what is due. What cannot begin because another one runs is tried again while it is not too late. */
    void round() {
        QuarkusTransaction.requiringNew()
                .call(() -> schedules.all().stream()
                        .filter(schedule -> schedule.due(clock.instant()) != DrillSchedule.Due.NOT_YET)
                        .findFirst()
                        .flatMap(this::take))
                .ifPresent(drill::begun);
    }

    private Optional<Drill> take(DrillSchedule schedule) {
        fence.hold();
        SiteName name = schedule.site();
        if (schedule.due(clock.instant()) == DrillSchedule.Due.MISSED) {
            return giveUp(name, "It was missed: it could not begin within an hour of its time.");
        }
        if (drills.running().isPresent()) {
            return Optional.empty();
        }
        Optional<String> objection =
                sites.find(name).map(this::objection).orElse(Optional.of("There is no site " + name + " any more."));
        if (objection.isPresent()) {
            return giveUp(name, objection.get());
        }
        schedules.over(name, Optional.empty());
        audit.append(AuditEntry.done(
                "schedule", "drill.begin", AuditSubject.platform(), Map.of(AuditField.SITE, name.value())));
        return Optional.of(drill.begin(name, "schedule of " + schedule.by()));
    }

    private Optional<Drill> giveUp(SiteName site, String why) {
        schedules.over(site, Optional.of(why));
        LOG.warnf("scheduled drill is left out site=%s reason=%s", site, why);
        return Optional.empty();
    }
}
