package dev.slipway.platform.deployment;

/** The life cycle of a deployment; a transition is a method of the states that allow it. */
public sealed interface DeploymentState {

    /** A state in which something is still to be done. */
    sealed interface Open extends DeploymentState {}

    /** A state that ends as undone when something goes wrong, and as cancelled when a person says so. */
    sealed interface Undoable extends Open {
        default RolledBack undo(String reason) {
            return new RolledBack(reason);
        }

        default Cancelled cancel(String reason) {
            return new Cancelled(reason);
        }
    }

    /** Waits until the app's earlier deployment has ended. */
    record Pending() implements Undoable {
        public Releasing begin() {
            return new Releasing();
        }
    }

    /** Runs the release phase, if the app has one. */
    record Releasing() implements Undoable {
        public Placing released() {
            return new Placing();
        }
    }

    /** Finds room for the new instances and launches them. */
    record Placing() implements Undoable {
        public Checking placed() {
            return new Checking();
        }
    }

    /** Waits until the new instances are healthy. */
    record Checking() implements Undoable {
        public Switching healthy() {
            return new Switching();
        }
    }

    /** Makes the new release the live one and moves the route over. */
    record Switching() implements Undoable {
        public Draining switched() {
            return new Draining();
        }
    }

    /** Lets the requests of the old instances end and stops them. */
    record Draining() implements Open {
        public Done drained() {
            return new Done();
        }

        /** A person says that the release, live as it is, must go. */
        public Returning goBack() {
            return new Returning();
        }
    }

    /** Cancelled after the switch: the former release's instances come up beside those that serve. */
    record Returning() implements Open {
        public Withdrawing returned() {
            return new Withdrawing();
        }

        /** The former release does not come up again, so the new one goes on serving. */
        public Draining stay() {
            return new Draining();
        }
    }

    /** The former release is live again; the cancelled one's requests end and its instances are stopped. */
    record Withdrawing() implements Open {
        public Cancelled withdrawn(String reason) {
            return new Cancelled(reason);
        }
    }

    /** The release is live and nothing of the earlier one runs. */
    record Done() implements DeploymentState {}

    /** The earlier release serves as before. */
    record RolledBack(String reason) implements DeploymentState {}

    /** Ended by a person, or by a newer deployment before it began; the earlier release is the live one. */
    record Cancelled(String reason) implements DeploymentState {}

    default boolean ended() {
        return !(this instanceof Open);
    }

    /** The stored name: {@code PENDING}, {@code ROLLED_BACK}, … */
    default String code() {
        return switch (this) {
            case Pending s -> "PENDING";
            case Releasing s -> "RELEASING";
            case Placing s -> "PLACING";
            case Checking s -> "CHECKING";
            case Switching s -> "SWITCHING";
            case Draining s -> "DRAINING";
            case Returning s -> "RETURNING";
            case Withdrawing s -> "WITHDRAWING";
            case Done s -> "DONE";
            case RolledBack s -> "ROLLED_BACK";
            case Cancelled s -> "CANCELLED";
        };
    }

    /** The state of a stored name. */
    static DeploymentState of(String code, String reason) {
        return switch (code) {
            case "PENDING" -> new Pending();
            case "RELEASING" -> new Releasing();
            case "PLACING" -> new Placing();
            case "CHECKING" -> new Checking();
            case "SWITCHING" -> new Switching();
            case "DRAINING" -> new Draining();
            case "RETURNING" -> new Returning();
            case "WITHDRAWING" -> new Withdrawing();
            case "DONE" -> new Done();
            case "ROLLED_BACK" -> new RolledBack(reason);
            case "CANCELLED" -> new Cancelled(reason);
            default -> throw new IllegalStateException("unknown state of a deployment stored: " + code);
        };
    }
}
