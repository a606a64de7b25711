package dev.slipway.platform.command;

import dev.slipway.platform.app.InvalidSettingException;
import java.util.Optional;

/**
 * Which lines are wanted.
 *
 * @param process only of this process type ({@code web}) or this instance ({@code web.1})
 * @param tail how many lines of the past, over all instances together, 0 to {@link #MOST}
 */
public record LogRequest(Optional<String> process, int tail) {
    /** The most lines of the past one can ask for. */
    public static final int MOST = 5_000;

    public LogRequest {
        if (tail < 0 || tail > MOST) {
            throw new InvalidSettingException(
                    "Between 0 and " + MOST + " lines of the past can be shown, not " + tail + ".");
        }
    }

    boolean wants(String instance) {
        return process.isEmpty() || instance.equals(process.get()) || instance.startsWith(process.get() + ".");
    }
}
