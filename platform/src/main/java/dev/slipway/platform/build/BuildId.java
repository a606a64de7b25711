package dev.slipway.platform.build;

import java.util.UUID;

/** The id of one build. */
public record BuildId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
