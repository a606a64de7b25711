package dev.slipway.platform.runtime;

import java.util.List;

/**
 * How the runtime is.
 *
 * @param available whether it answers
 * @param version what it says it is, or why it does not answer
 * @param warnings sentences about what should be put right, for example missing isolation
 */
public record RuntimeHealth(boolean available, String version, List<String> warnings) {
    public RuntimeHealth {
        warnings = List.copyOf(warnings);
    }
}
