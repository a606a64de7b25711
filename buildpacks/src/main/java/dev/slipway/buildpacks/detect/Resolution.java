package dev.slipway.buildpacks.detect;

import java.util.List;

/** The end of detection. */
public sealed interface Resolution {

    /**
     * A group that fits.
     *
     * @param members buildpacks in order, with the plan option each was taken with
     */
    record Chosen(List<Chosen.Member> members) implements Resolution {

        /**
         * A buildpack that takes part.
         *
         * @param buildpack which
         * @param option what it gives and needs
         * @param reason why it fits, in its own words
         */
        public record Member(Buildpack buildpack, PlanOption option, String reason) {}

        public Chosen {
            members = List.copyOf(members);
        }
    }

    /**
     * No group fits.
     *
     * @param tried one line per buildpack: which was tried and why it passed
     */
    record NothingFits(List<String> tried) implements Resolution {

        public NothingFits {
            tried = List.copyOf(tried);
        }
    }

    /**
     * A detection broke, and no group fits without it.
     *
     * @param buildpack which
     * @param code exit code of its detection
     * @param reason what it printed
     */
    record DetectionBroke(Buildpack buildpack, int code, String reason) implements Resolution {}
}
