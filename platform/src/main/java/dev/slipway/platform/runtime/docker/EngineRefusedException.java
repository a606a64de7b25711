package dev.slipway.platform.runtime.docker;

/** The engine cannot do what was asked, and trying again will not help; the message is a sentence for people. */
final class EngineRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EngineRefusedException(String sentence) {
        super(sentence);
    }
}
