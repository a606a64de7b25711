package dev.slipway.platform.runtime;

/** How a command beside an instance's own process ended. */
public sealed interface CommandResult {

    /**
     * Not at all: the runtime has no way to run it.
     *
     * @param reason the end of a sentence
     */
    record NotPossible(String reason) implements CommandResult {}

    /**
     * By itself.
     *
     * @param code exit code, 128 + signal if a signal ended it, 126 or 127 if it could not be started
     * @param output what it printed on both streams, as it came
     */
    record Exited(int code, String output) implements CommandResult {}

    /** By the limit of time; it and what it started are killed. */
    record TimedOut(String output) implements CommandResult {}

    /** By the limit of output; it and what it started are killed. */
    record TooMuchOutput(String output) implements CommandResult {}
}
