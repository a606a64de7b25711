package dev.slipway.web.session;

/**
 * What a change had to say, shown once on the next page.
 *
 * @param good whether it was done
 * @param text a sentence
 */
public record Notice(boolean good, String text) {
    /** It was done. */
    public static Notice done(String text) {
        return new Notice(true, text);
    }

    /** It was refused, and why. */
    public static Notice refused(String text) {
        return new Notice(false, text);
    }
}
