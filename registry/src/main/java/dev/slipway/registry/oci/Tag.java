package dev.slipway.registry.oci;

/** A movable name for a manifest in a repository: {@code [a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}}. */
public record Tag(String value) implements Reference {
    private static final int MAX_LENGTH = 128;

    /**
     * Checks the form.
     *
     * @throws RegistryException {@link ErrorCode#TAG_INVALID}
     */
    public Tag {
        if (!valid(value)) {
            throw new RegistryException(
                    ErrorCode.TAG_INVALID,
                    Excerpt.of(value) + " is not a tag: 1 to 128 of A-Z a-z 0-9 _ . -, not starting with . or -");
        }
    }

    /** Reads a tag; see the constructor. */
    public static Tag parse(String text) {
        return new Tag(text);
    }

    private static boolean valid(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH || text.charAt(0) == '.' || text.charAt(0) == '-') {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean word = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!word && c != '_' && c != '.' && c != '-') {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return value;
    }
}
