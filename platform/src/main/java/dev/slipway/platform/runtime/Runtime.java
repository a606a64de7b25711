package dev.slipway.platform.runtime;

import dev.slipway.registry.oci.ImageReference;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Runs instances somewhere. All methods may be called from any thread and block.
 *
 * <p>Except for {@link #launch} and {@link #health}, which say it in their answer, every method throws {@link
 * RuntimeUnavailableException} when the runtime does not answer within its time limit; calls work again as soon as the
 * runtime does.
 */
public interface Runtime extends AutoCloseable {
    /**
     * Tells that instances of an image will be launched soon, so that it can be fetched meanwhile. Returns at once and
     * never fails: the launch fetches what is missing.
     *
     * @param credentials good for pulling the image for a few minutes
     */
    default void prefetch(ImageReference image, PullCredentials credentials) {}

    /** Launches an instance; idempotent by {@link LaunchSpec#id()}. */
    LaunchOutcome launch(LaunchSpec spec);

    /**
     * Ends the start of an instance: from now on it has the processor that its limits say and no more. Until this is
     * called a runtime may give it more, and says so when it is observed. Does nothing when it does not run.
     */
    default void settle(InstanceId id) {}

    /**
     * Ends an instance: SIGTERM (or the image's stop signal), the grace, SIGKILL. Returns when it has ended; does
     * nothing when it does not run.
     *
     * @param grace how long it may take to end by itself
     */
    void stop(InstanceId id, Duration grace);

    /** Removes an instance, killing it if it runs. Does nothing when it is not there. */
    void remove(InstanceId id);

    /** Every instance this installation has here; one-offs are not among them. */
    List<Observed> observe();

    /**
     * Tells about events from now on until it is closed or the runtime goes away.
     *
     * @param listener called on a thread of the runtime, must be quick
     * @return closing ends the watch; its end is seen by {@link Watch#ended()}
     */
    Watch watch(Consumer<RuntimeEvent> listener);

    /**
     * Calls when something was heard of its nodes, so that they are looked at sooner. A runtime may never call.
     *
     * @param changed must be quick
     */
    default void watchNodes(Runnable changed) {}

    /**
     * Reads the log of an instance, running or ended.
     *
     * @param follow whether to go on with what comes
     * @param tail how many lines of the past, negative for all
     * @param sink takes the lines
     * @throws NoSuchInstanceException if it is not there
     */
    LogStream logs(InstanceId id, boolean follow, int tail, LogSink sink);

    /**
     * Runs a command in an instance of its own with its streams attached.
     *
     * @param tty whether it gets a terminal
     * @throws LaunchRefusedException if it cannot be run
     */
    OneOff runOneOff(LaunchSpec spec, boolean tty);

    /**
     * Runs a command inside a running instance, beside its process and with its environment, and waits for its end or
     * for a limit. The command has no input. What a limit ends is killed. A runtime that cannot do this says so.
     *
     * @param command program and arguments, not passed through a shell
     * @throws NoSuchInstanceException if the instance does not run
     */
    default CommandResult exec(InstanceId id, List<String> command, CommandLimits limits) {
        return new CommandResult.NotPossible("this site's runtime runs nothing beside an instance's own process");
    }

    /**
     * What a running instance has used.
     *
     * @throws NoSuchInstanceException if it does not run
     */
    Usage usage(InstanceId id);

    /** Whether {@link #openPorts} can be answered here; not every cluster looks inside its containers. */
    default boolean seesPorts() {
        return true;
    }

    /** TCP ports on which something listens inside the instance, in ascending order; empty if it does not run. */
    List<Integer> openPorts(InstanceId id);

    /** The machines instances can be placed on. A runtime whose cluster places by itself takes a chosen node as a wish. */
    List<Node> nodes();

    /** How the runtime is; answers within seconds. */
    RuntimeHealth health();

    /** What its cluster knows of Slipway; empty where there is no cluster that remembers anything. */
    default Optional<Membership> membership() {
        return Optional.empty();
    }

    /** Lets go of connections; instances go on. */
    @Override
    default void close() {}

    /** An open watch. */
    interface Watch extends AutoCloseable {

        /** Whether no more events will come, because it was closed or the runtime went away. */
        boolean ended();

        @Override
        void close();
    }
}
