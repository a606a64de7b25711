package dev.slipway.platform.database;

/** The embedded database could not be brought to the asked state. The message is for the operator. */
public final class DatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String tried;
    private final String cameBack;

    DatabaseException(String tried, String cameBack) {
        super(tried + ": " + cameBack);
        this.tried = tried;
        this.cameBack = cameBack;
    }

    DatabaseException(String tried, Throwable cause) {
        super(tried + ": " + cause.getMessage(), cause);
        this.tried = tried;
        this.cameBack = String.valueOf(cause.getMessage());
    }

    /** What was done, on which subject. */
    public String tried() {
        return tried;
    }

    public String cameBack() {
        return cameBack;
    }
}
