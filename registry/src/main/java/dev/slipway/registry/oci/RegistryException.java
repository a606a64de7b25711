package dev.slipway.registry.oci;

/** A request that the registry refuses for a reason its caller can act on. */
public final class RegistryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String detail;

    /**
     * Refuses a request.
     *
     * @param code the row of the error table
     * @param detail what was tried on which subject and what was wrong with it, for people
     */
    public RegistryException(ErrorCode code, String detail) {
        super(code.code() + ": " + code.message() + ": " + detail);
        this.code = code;
        this.detail = detail;
    }

    /** The row of the error table. */
    public ErrorCode code() {
        return code;
    }

    /** What was wrong with which subject. */
    public String detail() {
        return detail;
    }
}
