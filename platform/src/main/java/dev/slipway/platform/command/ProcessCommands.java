package dev.slipway.platform.command;

import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.app.AppSettingsStore;
import dev.slipway.platform.app.InvalidSettingException;
import dev.slipway.platform.app.ProcessLimits;
import dev.slipway.platform.deployment.Deployment;
import dev.slipway.platform.pipeline.Rollout;
import dev.slipway.platform.reconcile.Formation;
import dev.slipway.platform.release.ProcessType;
import dev.slipway.platform.release.Release;
import dev.slipway.platform.release.ReleaseId;
import dev.slipway.platform.release.Releases;
import dev.slipway.tenancy.access.Permission;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.audit.AuditField;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.NotPossibleException;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What runs of an app: how many of each process type, how large, whether at all. */
@ApplicationScoped
public class ProcessCommands {
    private static final int MOST_INSTANCES = 1_000;

    private final AppDoor door;
    private final AppSettingsStore settings;
    private final Releases releases;
    private final Formation formation;
    private final Rollout rollout;
    private final ProcessList processes;

    ProcessCommands(
            AppDoor door,
            AppSettingsStore settings,
            Releases releases,
            Formation formation,
            Rollout rollout,
            ProcessList processes) {
        this.door = door;
        this.settings = settings;
        this.releases = releases;
        this.formation = formation;
        this.rollout = rollout;
        this.processes = processes;
    }

    /** Each process type with its instances. */
    public List<ProcessFacts> list(Principal principal, AppRef ref) {
        AppSettings app = door.enter(principal, Permission.APP_VIEW, ref);
        return facts(app);
    }

    /** The wanted number of instances of each process type. */
    public SortedMap<String, Integer> formation(Principal principal, AppRef ref) {
        return formation(door.enter(principal, Permission.APP_VIEW, ref));
    }

    /** What an instance of each process type may use. */
    public SortedMap<String, ProcessLimits> limits(Principal principal, AppRef ref) {
        return limits(door.enter(principal, Permission.APP_VIEW, ref));
    }

    /**
     * Changes the wanted number of instances of some process types.
     *
     * @throws QuotaRefusedException when the tenant's quota has no room; nothing is changed then
     * @throws InvalidSettingException for a process type the app does not have
     */
    public List<ProcessFacts> scale(Principal principal, AppRef ref, Map<String, Integer> counts) {
        return scale(principal, ref, counts, Precondition.NONE);
    }

    /** As the other, if the formation is what somebody has seen. */
    public List<ProcessFacts> scale(
            Principal principal, AppRef ref, Map<String, Integer> counts, Precondition precondition) {
        AppSettings app = door.enter(principal, Permission.APP_SCALE, ref);
        return door.change(app.id(), () -> {
            AppSettings before = settings.lock(app.id());
            precondition.check(Optional.of(formation(before)));
            counts.forEach((process, count) -> refuse(before, process, count));
            AppSettings after = settings.scale(app.id(), counts);
            reserve(after);
            String told = new TreeMap<>(counts)
                    .entrySet().stream()
                            .map(entry -> entry.getKey() + "=" + entry.getValue())
                            .collect(Collectors.joining(" "));
            door.record(principal, "app.scale", ref, Map.of(AuditField.SCALE, told));
            return facts(after);
        });
    }

    /**
     * Changes what each instance of a process type may use, and replaces the instances that run.
     *
     * @return the deployment that replaces them; empty while nothing is live
     * @throws QuotaRefusedException when the tenant's quota has no room; nothing is changed then
     */
    public Optional<Rolling> limit(Principal principal, AppRef ref, Map<String, LimitChange> changes) {
        return limit(principal, ref, changes, Precondition.NONE);
    }

    /** As the other, if the limits are what somebody has seen. */
    public Optional<Rolling> limit(
            Principal principal, AppRef ref, Map<String, LimitChange> changes, Precondition precondition) {
        AppSettings app = door.enter(principal, Permission.APP_SCALE, ref);
        return door.change(app.id(), () -> {
            AppSettings before = settings.lock(app.id());
            precondition.check(Optional.of(limits(before)));
            changes.forEach((process, change) -> {
                refuse(before, process, 0);
                ProcessLimits limits = change.applyTo(before.limitsOf(process));
                settings.limits(app.id(), process, limits);
                door.record(
                        principal,
                        "app.limit",
                        ref,
                        Map.of(AuditField.PROCESS, process, AuditField.LIMIT, limits.text()));
            });
            AppSettings after = settings.get(app.id());
            reserve(after);
            return after.stopped()
                    ? Optional.<Rolling>empty()
                    : rollout.restart(app.id(), principal.label()).map(Rolling::of);
        });
    }

    /**
     * Replaces every instance by a fresh one of the same release, without a gap.
     *
     * @throws NotPossibleException while nothing is live or the app is stopped
     */
    public Rolling restart(Principal principal, AppRef ref) {
        AppSettings app = door.enter(principal, Permission.APP_DEPLOY, ref);
        return door.change(app.id(), () -> {
            if (settings.lock(app.id()).stopped()) {
                throw new NotPossibleException("app", ref.toString(), ref + " is stopped: ps:start begins it.");
            }
            Rollout.Begun begun = rollout.restart(app.id(), principal.label())
                    .orElseThrow(() -> new NotPossibleException(
                            "app", ref.toString(), ref + " has no live release yet: push one first."));
            door.record(
                    principal,
                    "app.restart",
                    ref,
                    Map.of(AuditField.RELEASE, begun.release().version()));
            return Rolling.of(begun);
        });
    }

    /** Ends all instances and keeps the formation for {@link #start}. Stopping what is stopped is fine. */
    public void stop(Principal principal, AppRef ref) {
        stopped(principal, ref, true);
    }

    /**
     * Lets the formation run again.
     *
     * @throws QuotaRefusedException when the tenant's quota has no room for it now
     */
    public void start(Principal principal, AppRef ref) {
        stopped(principal, ref, false);
    }

    private void stopped(Principal principal, AppRef ref, boolean stopped) {
        AppSettings app = door.enter(principal, Permission.APP_SCALE, ref);
        door.change(app.id(), () -> {
            if (settings.lock(app.id()).stopped() != stopped) {
                settings.stopped(app.id(), stopped);
                reserve(settings.get(app.id()));
                door.record(principal, stopped ? "app.stop" : "app.start", ref, Map.of());
            }
            return stopped;
        });
    }

    private void reserve(AppSettings app) {
        Optional<Release> live = app.liveRelease().map(ReleaseId::new).flatMap(releases::find);
        live.flatMap(release -> formation.reserve(app, release)).ifPresent(sentence -> {
            throw new QuotaRefusedException(sentence);
        });
    }

    private void refuse(AppSettings app, String process, int count) {
        if (process.equals(ProcessType.RELEASE)) {
            throw new InvalidSettingException("release runs once before each release; it cannot be scaled or limited.");
        }
        if (count < 0 || count > MOST_INSTANCES) {
            throw new InvalidSettingException(
                    "A process type has 0 to " + MOST_INSTANCES + " instances, not " + process + "=" + count + ".");
        }
        Optional<Release> newest = rollout.newest(app.id());
        boolean known = newest.map(release -> release.process(process).isPresent())
                .orElseGet(() -> process.matches("[a-z][a-z0-9_-]{0,29}"));
        if (!known) {
            String there = newest.stream()
                    .flatMap(release -> release.processes().stream())
                    .map(ProcessType::name)
                    .filter(name -> !name.equals(ProcessType.RELEASE))
                    .collect(Collectors.joining(", "));
            throw new InvalidSettingException(app.ref() + " has no process type \"" + shown(process) + "\""
                    + (there.isEmpty() ? "." : "; it has " + there + "."));
        }
    }

    /** Of an app that was entered already. */
    List<ProcessFacts> facts(AppSettings app) {
        return QuarkusTransaction.joiningExisting().call(() -> processes.of(app, rollout.newest(app)));
    }

    /**
     * The same, when its deployments were read too.
     *
     * @param open those that have not ended, the oldest first
     */
    List<ProcessFacts> facts(AppSettings app, List<Deployment> open) {
        return QuarkusTransaction.joiningExisting().call(() -> processes.of(app, rollout.newest(app, open)));
    }

    private static SortedMap<String, Integer> formation(AppSettings app) {
        SortedMap<String, Integer> formation = new TreeMap<>();
        types(app).forEach(process -> formation.put(process, app.wanted(process)));
        return formation;
    }

    private static SortedMap<String, ProcessLimits> limits(AppSettings app) {
        SortedMap<String, ProcessLimits> limits = new TreeMap<>();
        types(app).forEach(process -> limits.put(process, app.limitsOf(process)));
        return limits;
    }

    /** The process types that something was said about, and web. */
    private static Set<String> types(AppSettings app) {
        Set<String> types = new TreeSet<>(app.formation().keySet());
        types.addAll(app.limits().keySet());
        types.add(AppSettings.WEB);
        return types;
    }

    private static String shown(String text) {
        String plain = text.replaceAll("[^\\x20-\\x7e]", "?");
        return plain.substring(0, Math.min(plain.length(), 40));
    }
}
