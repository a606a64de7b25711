package dev.slipway.platform.runtime;

/** The runtime does not answer, or failed in a way that trying again may cure. */
public class RuntimeUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String attempted;
    private final String subject;

    /**
     * Makes the exception from its parts.
     *
     * @param attempted what was tried, for example {@code stop}
     * @param subject on which thing
     * @param answer what came back
     * @param cause the underlying failure
     */
    public RuntimeUnavailableException(String attempted, String subject, String answer, Throwable cause) {
        super("Tried to " + attempted + " " + subject + ": " + answer, cause);
        this.attempted = attempted;
        this.subject = subject;
    }

    /**
     * Makes the exception where nothing was thrown: what has to answer was not there, or said so itself.
     *
     * @param attempted what was tried
     * @param subject on which thing
     * @param answer what came back
     */
    public RuntimeUnavailableException(String attempted, String subject, String answer) {
        super("Tried to " + attempted + " " + subject + ": " + answer);
        this.attempted = attempted;
        this.subject = subject;
    }

    /** What was tried. */
    public String attempted() {
        return attempted;
    }

    /** On which thing it was tried. */
    public String subject() {
        return subject;
    }
}
