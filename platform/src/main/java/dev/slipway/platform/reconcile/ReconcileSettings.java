package dev.slipway.platform.reconcile;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of instances and of the loops that keep them. */
@ConfigMapping(prefix = "slipway.instances")
public interface ReconcileSettings {
    /** Processes and threads one instance may have. */
    @WithDefault("512")
    int pids();

    /** Bytes of output the engine keeps of one instance. */
    @WithDefault("10485760")
    long logBytes();

    /** How long a new instance may take to become healthy unless the app says otherwise. */
    @WithDefault("60s")
    Duration startWithin();

    /** How long an instance that does not listen must stay up to count as healthy. */
    @WithDefault("2s")
    Duration settle();

    /** How long an instance may use more processor than its limit, from its start on; the look after that ends it. */
    @WithDefault("10s")
    Duration boost();

    /** How long an instance has between SIGTERM and SIGKILL. */
    @WithDefault("30s")
    Duration grace();

    /** How long requests in flight may take to end before their instance is told to stop. */
    @WithDefault("30s")
    Duration drain();

    /** From one pass over all apps to the next; what is told of an app is acted upon at once. */
    @WithDefault("30s")
    Duration allAppsEvery();

    /** From one look at the runtime to the next. */
    @WithDefault("5s")
    Duration interval();

    /** From one health check of an instance to the next. */
    @WithDefault("10s")
    Duration checkEvery();

    /** Checks in a row that must fail before an instance is given no more traffic; as many again and it is replaced. */
    @WithDefault("3")
    int failures();

    /** How long a container that ended is kept, for its logs. */
    @WithDefault("15m")
    Duration keepEnded();

    /** How often the cpus of a node may be promised. */
    @WithDefault("8.0")
    double cpuOvercommit();

    /** How often the memory of a node may be promised. */
    @WithDefault("1.0")
    double memoryOvercommit();
}
