package dev.slipway.platform.runtime;

/** How a launch ended. */
public sealed interface LaunchOutcome {

    /**
     * The instance was started now.
     *
     * @param endpoint where it can be reached
     */
    record Launched(Endpoint endpoint) implements LaunchOutcome {}

    /**
     * An instance with this id was running before.
     *
     * @param endpoint where it can be reached
     */
    record AlreadyThere(Endpoint endpoint) implements LaunchOutcome {}

    /**
     * It cannot be launched, and trying again will not help: no such image, no such command, it has ended already.
     *
     * @param reason a sentence for people
     */
    record Refused(String reason) implements LaunchOutcome {}

    /**
     * The runtime does not answer now; try again later.
     *
     * @param reason a sentence for people
     */
    record Unavailable(String reason) implements LaunchOutcome {}
}
