package dev.slipway.tenancy.identity;

/** A change that would break a rule of the house, for example the last owner leaving. */
public final class NotPossibleException extends RefusalException {
    private final String what;
    private final String text;

    /**
     * @param what the noun, for example {@code app}
     * @param text what was given
     * @param sentence the whole answer
     */
    public NotPossibleException(String what, String text, String sentence) {
        super("not-possible", sentence);
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
