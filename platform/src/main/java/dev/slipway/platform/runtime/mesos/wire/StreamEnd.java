package dev.slipway.platform.runtime.mesos.wire;

/** How a stream of events ended. */
public sealed interface StreamEnd {

    /** The master ended it on purpose: after an ERROR, a teardown, or because another subscription took its place. */
    record Terminated() implements StreamEnd {}

    /**
     * The connection broke, maybe in the middle of a record: the master died, or the way to it.
     *
     * @param within whether a record was cut
     */
    record Cut(boolean within, String reason) implements StreamEnd {}

    /** No heartbeat came for too long. */
    record Silent() implements StreamEnd {}

    /** What came cannot be read. */
    record Malformed(String reason) implements StreamEnd {}
}
