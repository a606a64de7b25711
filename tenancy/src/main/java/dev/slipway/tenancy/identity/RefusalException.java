package dev.slipway.tenancy.identity;

/** A request that tenancy refuses; the message is a sentence for the person who asked, the code is for programs. */
public abstract class RefusalException extends RuntimeException {
    private final String code;

    /**
     * @param code stable, lower case with hyphens, for example {@code name-taken}
     * @param sentence says what was asked and why it is refused
     */
    protected RefusalException(String code, String sentence) {
        super(sentence);
        this.code = code;
    }

    /** The stable code that an API's error table maps to a status. */
    public final String code() {
        return code;
    }

    /** The message as a sentence; never null, never with a stack of causes. */
    public final String sentence() {
        return String.valueOf(getMessage());
    }
}
