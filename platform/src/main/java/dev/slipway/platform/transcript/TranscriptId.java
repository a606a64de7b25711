package dev.slipway.platform.transcript;

import java.util.UUID;

/** The id of one transcript. */
public record TranscriptId(UUID value) {
    public static TranscriptId random() {
        return new TranscriptId(UUID.randomUUID());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
