package dev.slipway.tenancy.identity;

/** A text that cannot be the name, id, key or value it was given as. */
public final class InvalidNameException extends RefusalException {
    private final String what;
    private final String text;

    /**
     * @param what the noun, for example {@code app}
     * @param text what was given
     * @param sentence the whole answer
     */
    public InvalidNameException(String what, String text, String sentence) {
        super("invalid-name", sentence);
        this.what = what;
        this.text = text;
    }

    /** The noun the refusal is about. */
    public String what() {
        return what;
    }

    /** The text that was given. */
    public String text() {
        return text;
    }
}
