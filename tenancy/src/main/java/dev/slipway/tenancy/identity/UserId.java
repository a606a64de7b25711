package dev.slipway.tenancy.identity;

import java.util.UUID;

/** The lasting identity of a person with an account. */
public record UserId(UUID value) {
    /** A fresh id. */
    public static UserId random() {
        return new UserId(UUID.randomUUID());
    }

    /**
     * Reads an id in its usual text form.
     *
     * @throws InvalidNameException if the text is not a UUID
     */
    public static UserId parse(String text) {
        return new UserId(NameLaw.uuid("user id", text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
