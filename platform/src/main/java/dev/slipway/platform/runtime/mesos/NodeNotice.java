package dev.slipway.platform.runtime.mesos;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** News about a node of the cluster, for whoever moves instances away in time. */
public sealed interface NodeNotice {
    /** The node's host name or address. */
    String node();

    /**
     * An operator wants the node empty: a maintenance window, or a drain.
     *
     * @param from when it will be taken away
     * @param lasting for how long, if that is known
     */
    record Leaving(String node, Instant from, Optional<Duration> lasting) implements NodeNotice {}

    /** Its agent does not answer any more. */
    record Silent(String node) implements NodeNotice {}
}
