package dev.slipway.platform.runtime;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Identity of one instance, made before anything is launched. The runtime's own name of the thing is derived from it,
 * so that launching twice gives one.
 *
 * @param value the identity
 */
public record InstanceId(UUID value) {

    private static final String PREFIX = "slipway-";
    private static final Pattern TEXT = Pattern.compile(PREFIX + "([0-9a-f]{32})");

    /**
     * Reads the text form.
     *
     * @param text {@code slipway-} and 32 lower-case hexadecimal digits
     * @throws IllegalArgumentException if it is anything else
     */
    public static InstanceId parse(String text) {
        return find(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "An instance id is slipway- and 32 hexadecimal digits, not " + text));
    }

    /** Reads the text form, or says that it is not one. */
    public static Optional<InstanceId> find(String text) {
        var matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String hex = matcher.group(1);
        long most = Long.parseUnsignedLong(hex.substring(0, 16), 16);
        long least = Long.parseUnsignedLong(hex.substring(16), 16);
        return Optional.of(new InstanceId(new UUID(most, least)));
    }

    /** The text form, which is also the name of the container or task. */
    public String text() {
        return PREFIX + value.toString().replace("-", "").toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return text();
    }
}
