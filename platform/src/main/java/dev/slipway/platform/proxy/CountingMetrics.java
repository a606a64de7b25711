package dev.slipway.platform.proxy;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** Counts in memory; each count is spread over the event loops, so that they do not fight for it. */
@ApplicationScoped
public class CountingMetrics implements ProxyMetrics {
    private final Map<String, Meter> meters = new ConcurrentHashMap<>();

    @Override
    public AppMeter meter(String app) {
        return meters.computeIfAbsent(app, name -> new Meter());
    }

    @Override
    public Map<String, AppTotals> totals() {
        Map<String, AppTotals> totals = new TreeMap<>();
        meters.forEach((app, meter) -> totals.put(app, meter.totals()));
        return totals;
    }

    private static final class Meter implements AppMeter {
        private final LongAdder[] statusClasses = adders(5);
        private final LongAdder[] latency = adders(AppTotals.BUCKETS);
        private final LongAdder nanos = new LongAdder();

        @Override
        public void completed(int status, long elapsed) {
            statusClasses[Math.clamp(status / 100 - 1, 0, 4)].increment();
            latency[AppTotals.bucket(elapsed)].increment();
            nanos.add(elapsed);
        }

        AppTotals totals() {
            List<Long> classes = sums(statusClasses);
            return new AppTotals(
                    classes.stream().mapToLong(Long::longValue).sum(), classes, nanos.sum(), sums(latency));
        }

        private static LongAdder[] adders(int count) {
            return Stream.generate(LongAdder::new).limit(count).toArray(LongAdder[]::new);
        }

        private static List<Long> sums(LongAdder[] adders) {
            return Arrays.stream(adders).map(LongAdder::sum).toList();
        }
    }
}
