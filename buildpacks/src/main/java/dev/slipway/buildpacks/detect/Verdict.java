package dev.slipway.buildpacks.detect;

import java.util.List;

/** What the detection of one buildpack came to. */
public sealed interface Verdict {

    /**
     * Exit code 0: it can build this source.
     *
     * @param options ways to take part, best first
     * @param reason what it printed, for people: why it fits
     */
    record Fits(List<PlanOption> options, String reason) implements Verdict {

        public Fits {
            options = List.copyOf(options);
        }
    }

    /**
     * Exit code 100: this source is not for it.
     *
     * @param reason what it printed, or empty
     */
    record DoesNotFit(String reason) implements Verdict {}

    /**
     * Any other exit code: it should have known and could not tell.
     *
     * @param code exit code
     * @param reason what it printed
     */
    record Broken(int code, String reason) implements Verdict {}
}
