package dev.slipway.platform.verbs;

/** A verb was typed in a way it cannot be meant; exit code 2. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String sentence) {
        super(sentence);
    }
}
