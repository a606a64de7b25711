package dev.slipway.tenancy.secret;

/** Sealed bytes that cannot be opened. */
public final class SealBrokenException extends RuntimeException {
    /** Why they cannot. */
    public enum Reason {
        NOT_SEALED("the bytes are no envelope of ours"),
        UNKNOWN_KEY("the key that sealed it is not in the key file"),
        TAMPERED("it was changed, or sealed for another place");

        private final String words;

        Reason(String words) {
            this.words = words;
        }
    }

    private final Reason reason;
    private final String context;

    SealBrokenException(Reason reason, String context) {
        super("A sealed value cannot be opened: context=" + context + " reason=" + reason.words);
        this.reason = reason;
        this.context = context;
    }

    /** Why it cannot be opened. */
    public Reason reason() {
        return reason;
    }

    /** What it was to be opened for. */
    public String context() {
        return context;
    }
}
