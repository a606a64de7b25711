package dev.slipway.tenancy.identity;

import java.util.UUID;

/** The public identity of a token, safe to show and to log. */
public record TokenId(UUID value) {
    /** A fresh id. */
    public static TokenId random() {
        return new TokenId(UUID.randomUUID());
    }

    /**
     * Reads an id in its usual text form.
     *
     * @throws InvalidNameException if the text is not a UUID
     */
    public static TokenId parse(String text) {
        return new TokenId(NameLaw.uuid("token id", text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
