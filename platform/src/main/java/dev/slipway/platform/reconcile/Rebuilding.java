package dev.slipway.platform.reconcile;

import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.app.AppSettingsStore;
import dev.slipway.platform.instance.Instance;
import dev.slipway.platform.instance.InstanceState;
import dev.slipway.platform.instance.Instances;
import dev.slipway.platform.release.Release;
import dev.slipway.platform.release.ReleaseId;
import dev.slipway.platform.release.Releases;
import dev.slipway.platform.runtime.InstanceId;
import dev.slipway.platform.runtime.Membership.Found;
import dev.slipway.platform.runtime.Membership.Origin;
import dev.slipway.tenancy.app.App;
import dev.slipway.tenancy.app.Apps;
import dev.slipway.tenancy.identity.AppId;
import dev.slipway.tenancy.identity.AppRef;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes the rows of instances that a cluster runs and the database does not know, as after its loss. */
@ApplicationScoped
public class Rebuilding {
    private final Apps apps;
    private final AppSettingsStore settings;
    private final Releases releases;
    private final Instances instances;
    private final SlotQuota quota;
    private final Clock clock;

    Rebuilding(
            Apps apps,
            AppSettingsStore settings,
            Releases releases,
            Instances instances,
            SlotQuota quota,
            Clock clock) {
        this.apps = apps;
        this.settings = settings;
        this.releases = releases;
        this.instances = instances;
        this.quota = quota;
        this.clock = clock;
    }

    /**
     * What became of what was found.
     *
     * @param kept instances that have a row now, or had one
     * @param aside what belongs to nothing known here; it is better left alone than ended
     * @param ended what belongs to something known that does not want it any more
     * @param changed apps whose instances are others now
     */
    public record Rebuilt(List<Kept> kept, List<Left> aside, List<Left> ended, Set<AppId> changed) {
        /** An instance, and what people call it. */
        public record Kept(Found found, String name) {}

        /** Something without a row, and why it has none. */
        public record Left(Found found, String why) {}

        private static Rebuilt none() {
            return new Rebuilt(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new HashSet<>());
        }
    }

    /** Compares what runs at a site with the rows, and writes those that are missing. */
    @Transactional(Transactional.TxType.MANDATORY)
    public Rebuilt rebuild(String site, List<Found> found) {
        Set<InstanceId> there = found.stream().map(Found::id).collect(Collectors.toSet());
        Rebuilt rebuilt = Rebuilt.none();
        // In one order, since each app is locked.
        found.stream()
                .sorted(Comparator.comparing((Found one) -> one.origin()
                                .map(Rebuilding::app)
                                .map(AppRef::toString)
                                .orElse(""))
                        .thenComparing(one -> one.id().text()))
                .forEach(one -> rebuild(site, one, there, rebuilt));
        return rebuilt;
    }

    private static AppRef app(Origin origin) {
        return AppRef.of(origin.tenant() + "/" + origin.app());
    }

    private void rebuild(String site, Found found, Set<InstanceId> there, Rebuilt to) {
        Optional<Instance> row = instances.find(found.id());
        if (row.isPresent()) {
            if (row.get().state().ended()) {
                to.ended()
                        .add(new Rebuilt.Left(
                                found,
                                row.get().name() + " was given up: "
                                        + row.get().state().reason()));
            } else {
                String app = settings.find(row.get().app())
                        .map(known -> known.ref() + " ")
                        .orElse("");
                to.kept().add(new Rebuilt.Kept(found, app + row.get().name()));
            }
            return;
        }
        if (found.origin().isEmpty()) {
            to.aside().add(new Rebuilt.Left(found, "it does not say what it is"));
            return;
        }
        Origin origin = found.origin().get();
        Optional<AppSettings> app = apps.find(app(origin)).map(App::id).flatMap(settings::lockIfThere);
        if (app.isEmpty()) {
            to.aside().add(new Rebuilt.Left(found, "there is no app " + app(origin)));
            return;
        }
        of(app.get(), site, found, origin, there, to);
    }

    private void of(AppSettings app, String site, Found found, Origin origin, Set<InstanceId> there, Rebuilt to) {
        Optional<Release> live = app.liveRelease().flatMap(id -> releases.find(new ReleaseId(id)));
        if (live.isEmpty() || !live.get().version().equals(origin.release())) {
            boolean known = releases.list(app.id(), Integer.MAX_VALUE, 1_000).stream()
                    .anyMatch(release -> release.version().equals(origin.release()));
            String name = app.ref() + " " + origin.release();
            if (known) {
                to.ended().add(new Rebuilt.Left(found, name + " is not live any more"));
            } else {
                to.aside().add(new Rebuilt.Left(found, "there is no release " + name));
            }
            return;
        }
        Desire.Slot slot = new Desire.Slot(origin.process(), origin.index() - 1);
        String name = app.ref() + " " + origin.process() + "." + origin.index();
        if (!Desire.slots(app, live.get()).contains(slot)) {
            to.ended().add(new Rebuilt.Left(found, name + " is not wanted any more"));
            return;
        }
        for (Instance other : instances.unended(app.id())) {
            if (other.deployment().equals(app.liveDeployment().orElseThrow())
                    && new Desire.Slot(other.process(), other.slot()).equals(slot)) {
                if (!other.site().equals(site) || there.contains(other.id())) {
                    to.ended().add(new Rebuilt.Left(found, "another instance is " + name));
                    return;
                }
                instances.move(
                        other.id(),
                        state -> state instanceof InstanceState.Live alive
                                ? Optional.of(alive.lose("its site runs another one in its place"))
                                : Optional.empty());
            }
        }
        quota.reserve(app, slot, app.limitsOf(slot.process()));
        instances.found(
                found.id(),
                new Instances.Intent(
                        app.id(),
                        live.get().id(),
                        app.liveDeployment().orElseThrow(),
                        slot.process(),
                        slot.slot(),
                        site,
                        found.node(),
                        origin.cpuMillis(),
                        origin.memoryBytes(),
                        0,
                        clock.instant()));
        to.kept().add(new Rebuilt.Kept(found, name));
        to.changed().add(app.id());
    }
}
