package dev.slipway.platform.release;

import java.util.UUID;

/** The id of one release. */
public record ReleaseId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
