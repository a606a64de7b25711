package dev.slipway.tenancy.identity;

import java.util.UUID;

/** The lasting identity of an app; another app may take the name once this one is destroyed. */
public record AppId(UUID value) {
    /** A fresh id. */
    public static AppId random() {
        return new AppId(UUID.randomUUID());
    }

    /**
     * Reads an id in its usual text form.
     *
     * @throws InvalidNameException if the text is not a UUID
     */
    public static AppId parse(String text) {
        return new AppId(NameLaw.uuid("app id", text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
