package dev.slipway.tenancy.access;

import dev.slipway.tenancy.identity.TokenId;

/** The token a principal came with: it can only narrow what its holder may do, never widen it. */
public record TokenPass(TokenId id, Scopes scopes, Reach reach) {}
