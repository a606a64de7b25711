package dev.slipway.platform.transcript;

/** Receives a transcript's text as it grows. */
@FunctionalInterface
public interface TranscriptSink {
    /** Takes the next piece of text, whole lines or parts of them; returns false when no more is wanted. */
    boolean accept(String text);
}
