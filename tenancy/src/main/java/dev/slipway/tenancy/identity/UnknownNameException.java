package dev.slipway.tenancy.identity;

/** Something that does not exist, or that the asker may not know to exist. */
public final class UnknownNameException extends RefusalException {
    private final String what;
    private final String text;

    /**
     * @param what the noun, for example {@code app}
     * @param text what was given
     * @param sentence the whole answer
     */
    public UnknownNameException(String what, String text, String sentence) {
        super("unknown-name", sentence);
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
