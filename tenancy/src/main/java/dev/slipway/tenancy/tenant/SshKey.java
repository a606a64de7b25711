package dev.slipway.tenancy.tenant;

import dev.slipway.tenancy.identity.SshKeyId;
import dev.slipway.tenancy.identity.UserId;
import java.time.Instant;

/**
 * A person's public key.
 *
 * @param fingerprint {@code SHA256:} and 43 characters, as OpenSSH shows it
 * @param kind for example {@code ssh-ed25519}
 */
public record SshKey(SshKeyId id, UserId person, String fingerprint, String kind, String comment, Instant createdAt) {}
