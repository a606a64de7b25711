package dev.slipway.tenancy.tenant;

import dev.slipway.tenancy.access.Reach;
import dev.slipway.tenancy.access.Scopes;
import dev.slipway.tenancy.identity.TokenId;
import dev.slipway.tenancy.identity.UserId;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a token; its text is not.
 *
 * @param holder the person; empty for a robot's
 * @param createdBy label of the principal who issued it
 * @param lastUsedAt to about ten minutes
 */
public record Token(
        TokenId id,
        String name,
        Optional<UserId> holder,
        Scopes scopes,
        Reach reach,
        Instant createdAt,
        String createdBy,
        Instant expiresAt,
        Optional<Instant> revokedAt,
        Optional<Instant> lastUsedAt) {}
