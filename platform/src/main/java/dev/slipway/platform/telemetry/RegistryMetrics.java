package dev.slipway.platform.telemetry;

import dev.slipway.platform.loop.Loops;
import dev.slipway.registry.replicate.Copy;
import dev.slipway.registry.replicate.CopyProgress;
import dev.slipway.registry.replicate.Replicator;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What Prometheus is told of copies in other registries: how many wait, how long, how far the present one is. */
@ApplicationScoped
class RegistryMetrics {
    private static final Duration EVERY = Duration.ofSeconds(15);

    private final Replicator replicator;
    private final MultiGauge waiting;
    private final MultiGauge lag;

    RegistryMetrics(MeterRegistry registry, Replicator replicator) {
        this.replicator = replicator;
        waiting = MultiGauge.builder("slipway.registry.copies.waiting")
                .description("Copies of images that are still to be made, by target")
                .register(registry);
        lag = MultiGauge.builder("slipway.registry.copies.lag")
                .description("How long the oldest copy for a target has been waiting")
                .baseUnit("seconds")
                .register(registry);
        counter(registry, "made", "Copies made", Replicator::made);
        counter(registry, "failed", "Attempts to copy that failed", Replicator::failed);
        counter(registry, "sent.bytes", "Bytes sent by copies", Replicator::bytesSent);
        gauge(registry, "current.there.bytes", "Of the present copy, what is there", CopyProgress::bytesThere);
        gauge(registry, "current.bytes", "Of the present copy, all it has", CopyProgress::bytes);
    }

    private void counter(MeterRegistry registry, String name, String description, ToDoubleFunction<Replicator> read) {
        FunctionCounter.builder("slipway.registry.copies." + name, replicator, read)
                .description(description)
                .register(registry);
    }

    private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<CopyProgress> read) {
        Gauge.builder(
                        "slipway.registry.copies." + name,
                        replicator,
                        it -> it.progress().map(read::applyAsDouble).orElse(0.0))
                .description(description)
                .register(registry);
    }

    void start(@Observes StartupEvent event, Loops loops) {
        loops.start("registry metrics", EVERY, this::read);
    }

    void read() {
        List<String> targets = replicator.targets().stream().sorted().toList();
        Map<String, Long> counts =
                replicator.waiting().stream().collect(Collectors.groupingBy(Copy::target, Collectors.counting()));
        waiting.register(rows(targets, target -> counts.getOrDefault(target, 0L)), true);
        lag.register(rows(targets, target -> replicator.lag(target).toSeconds()), true);
    }

    private static List<MultiGauge.Row<?>> rows(List<String> targets, ToDoubleFunction<String> read) {
        return targets.stream()
                .<MultiGauge.Row<?>>map(
                        target -> MultiGauge.Row.of(Tags.of("target", target), read.applyAsDouble(target)))
                .toList();
    }
}
