package dev.slipway.platform.command;

import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.app.ProcessLimits;
import dev.slipway.platform.instance.Instance;
import dev.slipway.platform.instance.InstanceState;
import dev.slipway.platform.instance.Instances;
import dev.slipway.platform.release.ProcessType;
import dev.slipway.platform.release.Release;
import dev.slipway.platform.release.ReleaseId;
import dev.slipway.platform.release.Releases;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Puts together what runs of an app and what should. */
@ApplicationScoped
class ProcessList {
    private final Releases releases;
    private final Instances instances;

    ProcessList(Releases releases, Instances instances) {
        this.releases = releases;
        this.instances = instances;
    }

    List<ProcessFacts> of(AppSettings app, Optional<Release> newest) {
        Map<Boolean, List<Instance>> shown = instances.shown(app.id()).stream()
                .collect(Collectors.partitioningBy(instance -> instance.state().ended()));
        List<Instance> running = new ArrayList<>(shown.getOrDefault(false, List.of()));
        List<Instance> ended = shown.getOrDefault(true, List.of());
        running.addAll(lastWords(app, running, ended));
        TreeSet<String> names = new TreeSet<>(app.formation().keySet());
        newest.ifPresent(release -> release.processes().forEach(type -> names.add(type.name())));
        running.forEach(instance -> names.add(instance.process()));
        names.remove(ProcessType.RELEASE);
        Map<ReleaseId, String> versions = new HashMap<>();
        List<ProcessFacts> facts = new ArrayList<>();
        for (String name : names) {
            ProcessLimits limits = app.limitsOf(name);
            facts.add(new ProcessFacts(
                    name,
                    newest.flatMap(release -> release.process(name))
                            .map(ProcessType::command)
                            .orElse(List.of()),
                    app.wanted(name),
                    limits.cpuMillis(),
                    limits.memoryBytes(),
                    running.stream()
                            .filter(instance -> instance.process().equals(name))
                            .map(instance -> facts(instance, ended, versions))
                            .toList()));
        }
        return facts;
    }

    /** For a slot of the live deployment in which nothing is, the newest ended instance says why. */
    private static List<Instance> lastWords(AppSettings app, List<Instance> running, List<Instance> kept) {
        List<Instance> words = new ArrayList<>();
        if (app.stopped() || app.liveDeployment().isEmpty()) {
            return words;
        }
        for (Instance ended : kept) {
            boolean ofLive = app.liveDeployment().get().equals(ended.deployment());
            boolean wanted = ended.slot() < app.wanted(ended.process());
            boolean taken = running.stream().anyMatch(other -> sameSlot(other, ended))
                    || words.stream().anyMatch(other -> sameSlot(other, ended));
            if (ofLive && wanted && !taken) {
                words.add(ended);
            }
        }
        return words;
    }

    private static boolean sameSlot(Instance one, Instance other) {
        return one.process().equals(other.process()) && one.slot() == other.slot();
    }

    /** Why it is in its state; for one that follows a crash, why the one before it ended. */
    private static Optional<String> reason(Instance instance, List<Instance> kept) {
        String own = instance.state().reason();
        if (!own.isEmpty() || instance.crashes() == 0) {
            return Optional.of(own).filter(reason -> !reason.isEmpty());
        }
        return kept.stream()
                .filter(ended -> sameSlot(ended, instance) && ended.state() instanceof InstanceState.Failed)
                .findFirst()
                .map(ended -> ended.state().reason());
    }

    private ProcessFacts.InstanceFacts facts(Instance instance, List<Instance> kept, Map<ReleaseId, String> versions) {
        String version = versions.computeIfAbsent(
                instance.release(),
                id -> releases.find(id).map(Release::version).orElse("?"));
        return new ProcessFacts.InstanceFacts(
                instance.name(),
                instance.id().text(),
                version,
                instance.site(),
                instance.node(),
                instance.state().code().toLowerCase(Locale.ROOT),
                instance.stateSince(),
                reason(instance, kept),
                instance.crashes());
    }
}
