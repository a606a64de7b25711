package dev.slipway.tenancy.identity;

import java.util.UUID;

/** The lasting identity of a tenant; its name may be reused by nobody else while it lives. */
public record TenantId(UUID value) {
    /** A fresh id. */
    public static TenantId random() {
        return new TenantId(UUID.randomUUID());
    }

    /**
     * Reads an id in its usual text form.
     *
     * @throws InvalidNameException if the text is not a UUID
     */
    public static TenantId parse(String text) {
        return new TenantId(NameLaw.uuid("tenant id", text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
