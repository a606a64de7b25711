package dev.slipway.buildpacks.sandbox;

/** The sandbox itself failed, through no fault of the code that is built. */
public class SandboxException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String attempted;
    private final String subject;
    private final String answer;

    /**
     * Makes the exception from its parts.
     *
     * @param attempted what was tried, for example {@code create container}
     * @param subject on which thing
     * @param answer what came back
     * @param cause the underlying failure
     */
    public SandboxException(String attempted, String subject, String answer, Throwable cause) {
        super("Tried to " + attempted + " for " + subject + ": " + answer, cause);
        this.attempted = attempted;
        this.subject = subject;
        this.answer = answer;
    }

    /** As {@link #SandboxException(String, String, String, Throwable)}, without an underlying failure. */
    public SandboxException(String attempted, String subject, String answer) {
        super("Tried to " + attempted + " for " + subject + ": " + answer);
        this.attempted = attempted;
        this.subject = subject;
        this.answer = answer;
    }

    /** What was tried. */
    public String attempted() {
        return attempted;
    }

    /** On which thing it was tried. */
    public String subject() {
        return subject;
    }

    /** What came back. */
    public String answer() {
        return answer;
    }
}
