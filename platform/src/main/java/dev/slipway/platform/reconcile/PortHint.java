package dev.slipway.platform.reconcile;

import dev.slipway.platform.release.Check;
import java.util.List;
import java.util.stream.Collectors;

/** What to do about an instance that runs and does not pass its check, told from the ports it listens on. Pure. */
final class PortHint {
    private PortHint() {}

    /**
     * A sentence without its full stop.
     *
     * @param port the port the app was told to listen on
     * @param open the ports something listens on inside the instance
     */
    static String of(Check check, int port, List<Integer> open) {
        if (open.isEmpty()) {
            return "The app listens on no port at all: it has to listen on 0.0.0.0 at the port in $PORT";
        }
        if (!open.contains(port)) {
            return "The app listens on "
                    + open.stream().sorted().map(String::valueOf).collect(Collectors.joining(", "))
                    + " instead: it has to listen on 0.0.0.0 at the port in $PORT";
        }
        return check instanceof Check.Http http
                ? "The app does listen on $PORT: make " + http.path()
                        + " answer with a status from 200 to 399, or name another path in app.json's healthchecks"
                : "Something listens on $PORT, but not for the outside: it has to listen on 0.0.0.0, not on 127.0.0.1";
    }
}
