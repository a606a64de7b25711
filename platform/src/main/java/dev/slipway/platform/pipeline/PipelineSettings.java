package dev.slipway.platform.pipeline;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Settings of builds and deployments. */
@ConfigMapping(prefix = "slipway.pipeline")
public interface PipelineSettings {
    /** Builds that run at once in this process; by default one for each core. */
    Optional<Integer> buildsAtOnce();

    /** How long a build may take. */
    @WithDefault("20m")
    Duration buildTime();

    /** Thousandths of a core one build may use. */
    @WithDefault("2000")
    long buildCpuMillis();

    /** Bytes of memory one build may use. */
    @WithDefault("2147483648")
    long buildMemoryBytes();

    /** Processes and threads one build may have. */
    @WithDefault("1024")
    int buildPids();

    /** Bytes that the files of one build may have: source, cache and what it writes. */
    @WithDefault("4294967296")
    long buildDiskBytes();

    /** Characters of a build's output that are stored; what is more is counted and left out. */
    @WithDefault("4194304")
    int transcriptLimit();

    /** How often a build whose worker was lost is begun anew. */
    @WithDefault("3")
    int buildAttempts();

    /** How long a deployment may take from its first to its last step. */
    @WithDefault("15m")
    Duration deploymentTime();

    /** How long the release phase may take. */
    @WithDefault("10m")
    Duration releasePhaseTime();
}
