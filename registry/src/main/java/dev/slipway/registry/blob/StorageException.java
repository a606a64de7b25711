package dev.slipway.registry.blob;

import java.io.IOException;

/** The storage below the registry could not do what was asked; nothing half-done is visible. */
public final class StorageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String operation;
    private final String subject;

    /**
     * Says what failed.
     *
     * @param operation what was tried, such as {@code write blob}
     * @param subject on what, such as a digest or a path inside the store
     * @param cause what came back
     */
    public StorageException(String operation, String subject, IOException cause) {
        super("tried to " + operation + " " + subject + ": " + cause, cause);
        this.operation = operation;
        this.subject = subject;
    }

    /** What was tried. */
    public String operation() {
        return operation;
    }

    /** On what. */
    public String subject() {
        return subject;
    }

    /** True if the storage has no room left, so that the same request can succeed later. */
    public boolean full() {
        String reason = String.valueOf(getCause());
        return reason.contains("No space left") || reason.contains("quota exceeded");
    }
}
