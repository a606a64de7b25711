package dev.slipway.registry.access;

import dev.slipway.registry.oci.RepositoryName;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a token says: who has it and what was granted.
 *
 * @param principal who asked for it
 * @param grants the actions granted, by repository
 * @param catalog whether the list of repositories was granted
 * @param expiresAt the end of its life
 */
public record AccessToken(
        RegistryPrincipal principal, Map<RepositoryName, Set<Action>> grants, boolean catalog, Instant expiresAt) {
    /** Copies what could change. */
    public AccessToken {
        grants = grants.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> Set.copyOf(entry.getValue())));
    }

    /** True if the action on the repository was granted. */
    public boolean grants(RepositoryName name, Action action) {
        return grants.getOrDefault(name, Set.of()).contains(action);
    }
}
