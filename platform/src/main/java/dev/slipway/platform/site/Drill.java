package dev.slipway.platform.site;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A rehearsed loss of a site: while it runs, the site is taken for silent whatever it answers, so all that a real loss
 * would set going is set going, and nothing there is ended before something has taken its place.
 *
 * @param by who began it
 * @param awayAt when no request was sent there any more that something elsewhere could take
 * @param silentAt when nothing new was placed there any more
 * @param lostAt when its instances began to be given up
 * @param firstMovedAt when the first of them was healthy elsewhere
 * @param lastMovedAt when one last became healthy elsewhere
 * @param places what ran there when it began
 * @param moved how many of them are healthy elsewhere
 * @param waiting which of them found no room, and why
 * @param failed requests to these apps that this process answered with an error of the server's meanwhile
 */
public record Drill(
        UUID id,
        SiteName site,
        String by,
        State state,
        Instant begunAt,
        Optional<Instant> awayAt,
        Optional<Instant> silentAt,
        Optional<Instant> lostAt,
        Optional<Instant> firstMovedAt,
        Optional<Instant> lastMovedAt,
        Optional<Instant> endedAt,
        List<Place> places,
        int moved,
        List<String> waiting,
        long failedBefore,
        long failed) {
    public Drill {
        places = List.copyOf(places);
        waiting = List.copyOf(waiting);
    }

    /** How far it is. */
    public enum State {
        RUNNING,
        /** Everything that has room elsewhere is healthy there. */
        DONE,
        /** Somebody ended it. */
        ABORTED,
        /** It took longer than a drill may. */
        TIMED_OUT
    }

    /**
     * A place in a formation.
     *
     * @param app the app's id
     * @param what as people call it: {@code acme/shop web.1}
     */
    public record Place(UUID app, String what, String process, int slot) {}
}
