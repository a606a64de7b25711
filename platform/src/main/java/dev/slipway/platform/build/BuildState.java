package dev.slipway.platform.build;

import java.time.Instant;

/** The life cycle of a build; a transition is a method of the states that allow it. */
public sealed interface BuildState {

    /** Waits for its turn. */
    record Queued() implements BuildState {
        public Running start(Instant at, Instant deadline) {
            return new Running(at, deadline);
        }

        public Cancelled cancel(String reason) {
            return new Cancelled(reason);
        }
    }

    /** Has a worker. */
    record Running(Instant startedAt, Instant deadline) implements BuildState {
        public Succeeded succeed(String imageDigest) {
            return new Succeeded(imageDigest);
        }

        public Failed fail(String reason) {
            return new Failed(reason);
        }

        public Cancelled cancel(String reason) {
            return new Cancelled(reason);
        }

        public TimedOut timeOut(String reason) {
            return new TimedOut(reason);
        }

        /** Its worker is gone: it waits for another one. */
        public Queued requeue() {
            return new Queued();
        }
    }

    /** The image is in the registry. */
    record Succeeded(String imageDigest) implements BuildState {}

    /** The source, or something it needs, is broken. */
    record Failed(String reason) implements BuildState {}

    /** A person or a newer push ended it. */
    record Cancelled(String reason) implements BuildState {}

    /** It took longer than it may. */
    record TimedOut(String reason) implements BuildState {}

    default boolean ended() {
        return !(this instanceof Queued) && !(this instanceof Running);
    }

    /** The stored name: {@code QUEUED}, {@code TIMED_OUT}, … */
    default String code() {
        return switch (this) {
            case Queued q -> "QUEUED";
            case Running r -> "RUNNING";
            case Succeeded s -> "SUCCEEDED";
            case Failed f -> "FAILED";
            case Cancelled c -> "CANCELLED";
            case TimedOut t -> "TIMED_OUT";
        };
    }
}
