package dev.slipway.platform.program;

import java.nio.file.Path;

/** Another Slipway uses the home. */
final class HomeInUseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Path home;
    private final String holder;

    HomeInUseException(Path home, String holder) {
        super("Another Slipway (pid " + holder + ") uses " + home
                + ". Stop it with deploy/down, or give this one a home of its own by SLIPWAY_HOME.");
        this.home = home;
        this.holder = holder;
    }

    Path home() {
        return home;
    }

    String holder() {
        return holder;
    }
}
