package dev.slipway.platform.api;

import org.jspecify.annotations.Nullable;

/** A request this room refuses by itself, before any command has seen it. */
final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ProblemCode code;
    private final @Nullable String field;

    ProblemException(ProblemCode code, String sentence) {
        this(code, sentence, null);
    }

    ProblemException(ProblemCode code, String sentence, @Nullable String field) {
        super(sentence);
        this.code = code;
        this.field = field;
    }

    Problem problem() {
        return Problem.of(code, String.valueOf(getMessage()), field);
    }
}
