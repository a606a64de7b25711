package dev.slipway.platform.runtime.mesos;

import dev.slipway.platform.runtime.InstanceId;
import dev.slipway.platform.runtime.LaunchOutcome;
import dev.slipway.platform.runtime.RuntimeEvent;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Who waits for a launch or an end, and who watches. */
final class Waiters {
    private record Launching(Demand demand, CompletableFuture<LaunchOutcome> outcome) {}

    private final Map<InstanceId, Launching> launching = new ConcurrentHashMap<>();
    private final Map<InstanceId, CompletableFuture<Boolean>> ending = new ConcurrentHashMap<>();
    private final List<Consumer<RuntimeEvent>> watchers = new CopyOnWriteArrayList<>();
    private final List<Consumer<NodeNotice>> nodeWatchers = new CopyOnWriteArrayList<>();

    /**
     * The outcome of a launch; several who want the same instance get the same.
     *
     * @param first what the first of them does
     */
    CompletableFuture<LaunchOutcome> launch(Demand demand, Runnable first) {
        Launching mine = new Launching(demand, new CompletableFuture<>());
        Launching other = launching.putIfAbsent(demand.id(), mine);
        if (other != null) {
            return other.outcome();
        }
        first.run();
        return mine.outcome();
    }

    void forget(InstanceId id) {
        launching.remove(id);
    }

    CompletableFuture<Boolean> end(InstanceId id) {
        return ending.computeIfAbsent(id, key -> new CompletableFuture<>());
    }

    /** Launches without an outcome so far. */
    List<Demand> demands() {
        return launching.values().stream().map(Launching::demand).toList();
    }

    void watch(Consumer<RuntimeEvent> watcher) {
        watchers.add(watcher);
    }

    void unwatch(Consumer<RuntimeEvent> watcher) {
        watchers.remove(watcher);
    }

    void watchNodes(Consumer<NodeNotice> watcher) {
        nodeWatchers.add(watcher);
    }

    void tell(Effect effect) {
        switch (effect) {
            case Effect.Answer answer -> {
                Launching waits = launching.remove(answer.id());
                if (waits != null) {
                    waits.outcome().complete(answer.outcome());
                }
            }
            case Effect.Over over -> {
                CompletableFuture<Boolean> waits = ending.remove(over.id());
                if (waits != null) {
                    waits.complete(true);
                }
            }
            case Effect.Tell told -> watchers.forEach(watcher -> watcher.accept(told.event()));
            case Effect.Node node -> nodeWatchers.forEach(watcher -> watcher.accept(node.notice()));
            default -> {}
        }
    }
}
