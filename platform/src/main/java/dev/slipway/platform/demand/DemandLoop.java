package dev.slipway.platform.demand;

import dev.slipway.platform.instance.Instance;
import dev.slipway.platform.instance.InstanceState;
import dev.slipway.platform.instance.Instances;
import dev.slipway.platform.loop.Loops;
import dev.slipway.platform.runtime.InstanceId;
import dev.slipway.platform.runtime.NoSuchInstanceException;
import dev.slipway.platform.runtime.RuntimeUnavailableException;
import dev.slipway.platform.runtime.Runtimes;
import dev.slipway.platform.runtime.Usage;
import dev.slipway.platform.site.Leadership;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks once a minute, as the leader, at what each healthy instance uses. */
@ApplicationScoped
class DemandLoop {
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final Duration TIDY_EVERY = Duration.ofHours(6);

    private final Instances instances;
    private final Runtimes runtimes;
    private final Demand demand;
    private final Leadership leadership;
    private final Clock clock;
    private Map<InstanceId, Look> before = Map.of();

    DemandLoop(Instances instances, Runtimes runtimes, Demand demand, Leadership leadership, Clock clock) {
        this.instances = instances;
        this.runtimes = runtimes;
        this.demand = demand;
        this.leadership = leadership;
        this.clock = clock;
    }

    /** What an instance had used at a moment. */
    record Look(Instant at, long cpuNanos) {
        /** Thousandths of a core on average since an earlier look; empty where time or use did not go on. */
        Optional<Long> cpuMillisSince(Look earlier) {
            long millis = Duration.between(earlier.at, at).toMillis();
            long nanos = cpuNanos - earlier.cpuNanos;
            return millis <= 0 || nanos < 0 ? Optional.empty() : Optional.of(nanos / 1_000 / millis);
        }
    }

    void start(@Observes StartupEvent event, Loops loops) {
        loops.start("demand", EVERY, this::look);
        loops.start("demand tidying", TIDY_EVERY, demand::tidy);
    }

    void look() {
        Map<InstanceId, Look> now = new HashMap<>();
        List<Demand.Sample> samples = new ArrayList<>();
        if (leadership.epoch().isPresent()) {
            for (Instance instance : instances.unended()) {
                if (instance.state() instanceof InstanceState.Healthy) {
                    measure(instance, samples).ifPresent(look -> now.put(instance.id(), look));
                }
            }
        }
        demand.add(samples);
        before = now;
    }

    private Optional<Look> measure(Instance instance, List<Demand.Sample> samples) {
        Usage usage;
        try {
            usage = runtimes.of(instance.site()).usage(instance.id());
        } catch (NoSuchInstanceException | RuntimeUnavailableException e) {
            // Gone meanwhile, or its site is away: there is nothing to see of it now.
            return Optional.empty();
        }
        Look look = new Look(clock.instant(), usage.cpuNanos());
        Optional.ofNullable(before.get(instance.id()))
                .flatMap(look::cpuMillisSince)
                .ifPresent(cpu -> {
                    samples.add(sample(instance, Demand.Measure.CPU_MILLIS, cpu));
                    samples.add(sample(instance, Demand.Measure.MEMORY_BYTES, usage.memoryBytes()));
                });
        return Optional.of(look);
    }

    private static Demand.Sample sample(Instance instance, Demand.Measure measure, long value) {
        return new Demand.Sample(instance.app(), instance.process(), measure, value);
    }
}
