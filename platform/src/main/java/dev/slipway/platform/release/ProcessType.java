package dev.slipway.platform.release;

import java.util.List;

/**
 * One kind of process an image can run.
 *
 * @param name {@code web}, {@code worker}, {@code release}, …
 * @param command the words to execute; empty when the image's own command is meant
 */
public record ProcessType(String name, List<String> command) {
    /** The process type that runs once before a release is placed. */
    public static final String RELEASE = "release";

    public ProcessType {
        command = List.copyOf(command);
    }
}
