package dev.slipway.platform.door;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.slipway.registry.access.RegistryPrincipal;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.access.TokenPass;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;

/** Remembers for a moment whose token a registry client showed, so that a push of many layers reads it once. */
@ApplicationScoped
class SignedIn {
    private final Cache<String, Principal> seen = Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofMinutes(5))
            .build();

    RegistryPrincipal remember(Principal principal) {
        String subject = "token:"
                + principal.pass().map(TokenPass::id).map(Object::toString).orElse("")
                + ":" + principal.label();
        seen.put(subject, principal);
        return new RegistryPrincipal(subject);
    }

    /** The principal, whose rights the authorizer reads anew each time. */
    Optional<Principal> recall(RegistryPrincipal principal) {
        return Optional.ofNullable(seen.getIfPresent(principal.subject()));
    }
}
