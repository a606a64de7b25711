package dev.slipway.platform.api;

import org.jspecify.annotations.Nullable;

/** A request this room refuses by itself, before any command has seen it. */
final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ProblemCode code;
    private final @Nullable String field;
    private final long retryAfterSeconds;

    ProblemException(ProblemCode code, String sentence) {
        this(code, sentence, null, 0);
    }

    ProblemException(ProblemCode code, String sentence, @Nullable String field) {
        this(code, sentence, field, 0);
    }

    /** @param retryAfterSeconds when to try again, 0 when nobody knows */
    ProblemException(ProblemCode code, String sentence, @Nullable String field, long retryAfterSeconds) {
        super(sentence);
        this.code = code;
        this.field = field;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    long retryAfterSeconds() {
        return retryAfterSeconds;
    }

    Problem problem() {
        return Problem.of(code, String.valueOf(getMessage()), field);
    }
}
