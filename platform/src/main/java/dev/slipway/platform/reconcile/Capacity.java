package dev.slipway.platform.reconcile;

import com.sun.management.OperatingSystemMXBean;
import dev.slipway.platform.instance.Instances;
import dev.slipway.platform.placement.Offer;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.management.ManagementFactory;
import java.util.List;

/** The room that is left on the nodes: what they have, times what may be promised of it, less what is promised. */
@ApplicationScoped
public class Capacity {
    /** The site every installation begins with: this machine's Docker Engine. */
    public static final String LOCAL = "local";

    private final Instances instances;
    private final ReconcileSettings settings;

    Capacity(Instances instances, ReconcileSettings settings) {
        this.instances = instances;
        this.settings = settings;
    }

    public List<Offer> offers() {
        OperatingSystemMXBean machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long cpu = (long) (machine.getAvailableProcessors() * 1000 * settings.cpuOvercommit());
        long memory = (long) (machine.getTotalMemorySize() * settings.memoryOvercommit());
        long cpuUsed = 0;
        long memoryUsed = 0;
        for (Instances.Use use : instances.use()) {
            if (use.site().equals(LOCAL)) {
                cpuUsed += use.cpuMillis();
                memoryUsed += use.memoryBytes();
            }
        }
        return List.of(new Offer(LOCAL, LOCAL, cpu - cpuUsed, memory - memoryUsed, cpu, memory));
    }
}
