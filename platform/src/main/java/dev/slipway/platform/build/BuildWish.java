package dev.slipway.platform.build;

import dev.slipway.tenancy.identity.AppId;

/** A wish to have a commit built. */
public record BuildWish(AppId app, String commit, String branch, String subject, String requestedBy) {}
