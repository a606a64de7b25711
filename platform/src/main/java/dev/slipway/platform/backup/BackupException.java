package dev.slipway.platform.backup;

/** A backup or a restoration that was refused or failed. The message is for the operator; nothing half done is left. */
public final class BackupException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String tried;
    private final String cameBack;

    BackupException(String tried, String cameBack) {
        super(tried + ": " + cameBack);
        this.tried = tried;
        this.cameBack = cameBack;
    }

    BackupException(String tried, Throwable cause) {
        super(tried + ": " + said(cause), cause);
        this.tried = tried;
        this.cameBack = said(cause);
    }

    /** What was done, on which subject. */
    public String tried() {
        return tried;
    }

    public String cameBack() {
        return cameBack;
    }

    private static String said(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
