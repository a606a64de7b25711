package dev.slipway.platform.api;

import dev.slipway.tenancy.access.Scopes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Body that creates a token.
 *
 * @param scopes {@code read}, {@code deploy}, {@code admin} or permissions
 * @param app for a robot: only for this app of the tenant
 * @param days how long it lives; the installation's usual time if absent
 */
@Schema(name = "TokenWanted")
public record TokenWanted(
        @Nullable String name,
        @Nullable List<String> scopes,
        @Nullable String app,
        @Nullable Integer days) {
    Scopes parsedScopes() {
        List<String> named = JsonBody.required("scopes", scopes);
        return Field.parse("scopes", "", none -> Scopes.parse(named));
    }

    Optional<Duration> life() {
        return Optional.ofNullable(days).map(Duration::ofDays);
    }
}
