package dev.slipway.buildpacks.lifecycle;

import dev.slipway.buildpacks.log.BuildEvent;
import dev.slipway.buildpacks.log.BuildLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** Notes how long each phase of a build took, one after the other. */
final class PhaseTimes {

    private final InstantSource clock;
    private final BuildLog log;
    private final Map<String, Duration> phases = new LinkedHashMap<>();
    private Instant since;

    PhaseTimes(InstantSource clock, BuildLog log) {
        this.clock = clock;
        this.log = log;
        this.since = clock.instant();
    }

    /** Ends the phase that has run since the last one ended. */
    void end(String phase) {
        Instant now = clock.instant();
        Duration took = Duration.between(since, now);
        since = now;
        phases.merge(phase, took, Duration::plus);
        log.on(new BuildEvent.PhaseEnded(phase, took));
    }

    Map<String, Duration> phases() {
        return new LinkedHashMap<>(phases);
    }
}
