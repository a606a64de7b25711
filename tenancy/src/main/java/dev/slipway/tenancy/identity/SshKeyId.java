package dev.slipway.tenancy.identity;

import java.util.UUID;

/** The identity of one ssh public key of one person. */
public record SshKeyId(UUID value) {
    /** A fresh id. */
    public static SshKeyId random() {
        return new SshKeyId(UUID.randomUUID());
    }

    /**
     * Reads an id in its usual text form.
     *
     * @throws InvalidNameException if the text is not a UUID
     */
    public static SshKeyId parse(String text) {
        return new SshKeyId(NameLaw.uuid("ssh key id", text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
