package dev.slipway.platform.instance;

/** The life cycle of an instance; a transition is a method of the states that allow it. */
public sealed interface InstanceState {

    /** Something that may run in the runtime now or soon. */
    sealed interface Live extends InstanceState {
        /** Its process ended by itself, or could not be begun. */
        default Failed fail(String reason) {
            return new Failed(reason);
        }

        default Stopping stop(String reason) {
            return new Stopping(reason);
        }

        /** The runtime does not know it any more. */
        default Lost lose(String reason) {
            return new Lost(reason);
        }
    }

    /** Committed, not launched. */
    record Intended() implements Live {
        public Launching launch() {
            return new Launching();
        }
    }

    /** The runtime has been told, or is being told. */
    record Launching() implements Live {
        public Starting started() {
            return new Starting();
        }
    }

    /** Runs, and has not shown that it is healthy. */
    record Starting() implements Live {
        public Healthy healthy() {
            return new Healthy();
        }
    }

    /** Runs and may be given traffic. */
    record Healthy() implements Live {
        public Unhealthy unhealthy(String reason) {
            return new Unhealthy(reason);
        }
    }

    /** Runs, and has stopped answering its checks. */
    record Unhealthy(String reason) implements Live {
        public Healthy healthy() {
            return new Healthy();
        }
    }

    /** Its site does not answer; what it does there is not known. */
    record Unreachable(String reason) implements Live {
        public Starting back() {
            return new Starting();
        }
    }

    /** Has been told to end, and is given time to. */
    record Stopping(String reason) implements InstanceState {
        public Stopped stopped() {
            return new Stopped(reason);
        }
    }

    /** Ended because it was told to. */
    record Stopped(String reason) implements InstanceState {}

    /** Ended by itself. */
    record Failed(String reason) implements InstanceState {}

    /** Gone without a word. */
    record Lost(String reason) implements InstanceState {}

    default boolean ended() {
        return this instanceof Stopped || this instanceof Failed || this instanceof Lost;
    }

    /** Why it is in this state; empty when there is nothing to say. */
    default String reason() {
        return "";
    }

    /** The stored name: {@code INTENDED}, {@code HEALTHY}, … */
    default String code() {
        return switch (this) {
            case Intended s -> "INTENDED";
            case Launching s -> "LAUNCHING";
            case Starting s -> "STARTING";
            case Healthy s -> "HEALTHY";
            case Unhealthy s -> "UNHEALTHY";
            case Unreachable s -> "UNREACHABLE";
            case Stopping s -> "STOPPING";
            case Stopped s -> "STOPPED";
            case Failed s -> "FAILED";
            case Lost s -> "LOST";
        };
    }

    /** The state of a stored name. */
    static InstanceState of(String code, String reason) {
        return switch (code) {
            case "INTENDED" -> new Intended();
            case "LAUNCHING" -> new Launching();
            case "STARTING" -> new Starting();
            case "HEALTHY" -> new Healthy();
            case "UNHEALTHY" -> new Unhealthy(reason);
            case "UNREACHABLE" -> new Unreachable(reason);
            case "STOPPING" -> new Stopping(reason);
            case "STOPPED" -> new Stopped(reason);
            case "FAILED" -> new Failed(reason);
            case "LOST" -> new Lost(reason);
            default -> throw new IllegalStateException("unknown state of an instance stored: " + code);
        };
    }
}
