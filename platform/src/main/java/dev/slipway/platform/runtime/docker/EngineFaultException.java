package dev.slipway.platform.runtime.docker;

import dev.slipway.platform.runtime.RuntimeUnavailableException;

/** The engine answered that it failed (status 500 and above). */
final class EngineFaultException extends RuntimeUnavailableException {

    private static final long serialVersionUID = 1L;

    private final String answer;

    EngineFaultException(String attempted, String subject, String answer, Throwable cause) {
        super(attempted, subject, answer, cause);
        this.answer = answer;
    }

    /** What it said. */
    String answer() {
        return answer;
    }
}
