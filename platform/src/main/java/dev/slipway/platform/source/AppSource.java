package dev.slipway.platform.source;

import dev.slipway.tenancy.identity.AppId;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * The repository elsewhere that an app is built from.
 *
 * @param branch whose pushes are deployed
 * @param user with which to fetch, for repositories that are not public
 */
public record AppSource(
        AppId app, CodeHost host, URI url, String branch, Optional<String> user, Instant setAt, String setBy) {}
