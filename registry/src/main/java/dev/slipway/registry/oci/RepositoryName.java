package dev.slipway.registry.oci;

import java.util.ArrayList;
import java.util.List;

/**
 * A repository's name, such as {@code acme/shop}: components of lower-case letters and digits, joined inside by one
 * dot, one or two underscores or any number of hyphens, separated by slashes; at most 255 characters.
 */
public record RepositoryName(String value) implements Comparable<RepositoryName> {
    /** The longest name, in characters. */
    public static final int MAX_LENGTH = 255;

    /**
     * Checks the form.
     *
     * @throws RegistryException {@link ErrorCode#NAME_INVALID}
     */
    public RepositoryName {
        if (!valid(value)) {
            throw new RegistryException(
                    ErrorCode.NAME_INVALID,
                    Excerpt.of(value)
                            + " is not a repository name: lower-case components like 'acme/shop', at most 255 characters");
        }
    }

    /** Reads a name; see the constructor. */
    public static RepositoryName parse(String text) {
        return new RepositoryName(text);
    }

    /** Reads a name from its components, such as a tenant and an app. */
    public static RepositoryName of(String first, String... rest) {
        List<String> parts = new ArrayList<>(List.of(rest));
        parts.addFirst(first);
        return new RepositoryName(String.join("/", parts));
    }

    /** The parts between the slashes, at least one. */
    public List<String> components() {
        return List.of(value.split("/"));
    }

    private static boolean valid(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            return false;
        }
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == '/') {
                if (!component(text, start, i)) {
                    return false;
                }
                start = i + 1;
            }
        }
        return true;
    }

    private static boolean component(String text, int start, int end) {
        if (start == end || !word(text.charAt(start)) || !word(text.charAt(end - 1))) {
            return false;
        }
        int i = start;
        while (i < end) {
            char c = text.charAt(i);
            if (word(c)) {
                i++;
                continue;
            }
            int run = i;
            while (run < end && text.charAt(run) == c) {
                run++;
            }
            boolean joint = c == '-' || c == '.' && run - i == 1 || c == '_' && run - i <= 2;
            if (!joint || !word(text.charAt(run))) {
                return false;
            }
            i = run;
        }
        return true;
    }

    private static boolean word(char c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
    }

    @Override
    public int compareTo(RepositoryName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
