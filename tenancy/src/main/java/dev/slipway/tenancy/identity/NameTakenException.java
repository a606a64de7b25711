package dev.slipway.tenancy.identity;

/** A name or key that somebody already has. */
public final class NameTakenException extends RefusalException {
    private final String what;
    private final String text;

    /**
     * @param what the noun, for example {@code app}
     * @param text what was given
     * @param sentence the whole answer
     */
    public NameTakenException(String what, String text, String sentence) {
        super("name-taken", sentence);
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
