package dev.slipway.platform.site;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Makes of a site's signals, look by look, what has happened to it. A single bad signal is nothing, and a single good one
 * is no return: it takes some in a row to be believed. One for each site; not for several threads at once.
 */
public final class SitePulse {
    private final Rules rules;
    private int good;
    private int bad;
    private int dark;

    public SitePulse(Rules rules) {
        this.rules = rules;
    }

    /**
     * When to believe what.
     *
     * @param silentAfter bad looks in a row after which it is silent
     * @param answersAfter good looks in a row after which it answers
     * @param lostAfter how long it may be silent; zero for as long as it likes
     */
    public record Rules(int silentAfter, int answersAfter, Duration lostAfter) {
        public Rules {
            if (silentAfter < 1 || answersAfter < 1 || lostAfter.isNegative()) {
                throw new IllegalArgumentException("A site is judged by one look at least: silentAfter=" + silentAfter
                        + " answersAfter=" + answersAfter + " lostAfter=" + lostAfter);
            }
        }
    }

    /**
     * What one look has found.
     *
     * @param control whether its runtime answered
     * @param serves whether some instance there answered its own port; empty if none could be asked
     * @param elsewhere whether what runs there could run elsewhere, and it is not rather we who are cut off
     */
    public record Signals(boolean control, Optional<Boolean> serves, boolean elsewhere) {}

    /** One look. */
    public Optional<SiteEvent> heard(SiteState state, Instant stateSince, Signals signals, Instant now) {
        good = signals.control() ? good + 1 : 0;
        bad = signals.control() ? 0 : bad + 1;
        dark = signals.control() || signals.serves().orElse(false) ? 0 : dark + 1;
        boolean silent = bad >= rules.silentAfter();
        boolean answers = good >= rules.answersAfter();
        return switch (state) {
            case SiteState.Joining s -> when(signals.control(), SiteEvent.ANSWERS);
            case SiteState.Active s -> when(silent, SiteEvent.SILENT);
            case SiteState.Draining s -> when(silent, SiteEvent.SILENT);
            case SiteState.Recovering s -> when(silent, SiteEvent.SILENT);
            case SiteState.Lost s -> when(answers, SiteEvent.ANSWERS);
            case SiteState.Suspect s ->
                answers ? Optional.of(SiteEvent.ANSWERS) : when(lost(stateSince, signals, now), SiteEvent.GIVEN_UP);
        };
    }

    /** Whose instances still serve is not lost, however long nobody can speak with its masters. */
    private boolean lost(Instant since, Signals signals, Instant now) {
        return !rules.lostAfter().isZero()
                && !now.isBefore(since.plus(rules.lostAfter()))
                && dark >= rules.silentAfter()
                && signals.elsewhere();
    }

    private static Optional<SiteEvent> when(boolean condition, SiteEvent event) {
        return condition ? Optional.of(event) : Optional.empty();
    }
}
