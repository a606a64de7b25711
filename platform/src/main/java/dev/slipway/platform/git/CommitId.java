package dev.slipway.platform.git;

import java.util.regex.Pattern;

/**
 * The id of a commit: 40 lower-case hex digits.
 *
 * @param value the full id
 */
public record CommitId(String value) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{40}");

    /** @throws IllegalArgumentException if the value is not 40 lower-case hex digits */
    public CommitId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("Not a commit id: " + value);
        }
    }

    /** Parses a full id. */
    public static CommitId of(String value) {
        return new CommitId(value);
    }

    /** The first seven digits, as shown to people. */
    public String abbreviated() {
        return value.substring(0, 7);
    }

    @Override
    public String toString() {
        return value;
    }
}
