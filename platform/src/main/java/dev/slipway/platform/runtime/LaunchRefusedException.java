package dev.slipway.platform.runtime;

/** A one-off command cannot be run, and trying again will not help. */
public class LaunchRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final InstanceId id;

    public LaunchRefusedException(InstanceId id, String reason) {
        super(reason);
        this.id = id;
    }

    /** Which instance was meant. */
    public InstanceId id() {
        return id;
    }
}
