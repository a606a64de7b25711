package dev.slipway.platform.runtime;

/** The runtime has no instance with this id, or it does not run although it would have to. */
public class NoSuchInstanceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final InstanceId id;

    public NoSuchInstanceException(String attempted, InstanceId id) {
        super("Tried to " + attempted + " " + id + ": there is no such running instance");
        this.id = id;
    }

    /** Which instance was meant. */
    public InstanceId id() {
        return id;
    }
}
