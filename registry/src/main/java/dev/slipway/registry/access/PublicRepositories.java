package dev.slipway.registry.access;

import dev.slipway.registry.oci.RepositoryName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Lets everybody pull from repositories that a setting names; asks another policy about all else. */
public final class PublicRepositories implements AccessPolicy {
    private static final String ALL_BELOW = "/*";

    private final Set<String> names = new HashSet<>();
    private final Set<String> prefixes = new HashSet<>();
    private final AccessPolicy others;

    /**
     * A policy with exceptions.
     *
     * @param patterns names such as {@code acme/shop}, or {@code acme/*} for all repositories below
     * @throws dev.slipway.registry.oci.RegistryException if a pattern is neither
     */
    public PublicRepositories(List<String> patterns, AccessPolicy others) {
        for (String pattern : patterns) {
            boolean below = pattern.endsWith(ALL_BELOW);
            String name = below ? pattern.substring(0, pattern.length() - ALL_BELOW.length()) : pattern;
            (below ? prefixes : names).add(RepositoryName.parse(name).value());
        }
        this.others = others;
    }

    @Override
    public AccessDecision decide(RegistryPrincipal principal, RepositoryName repository, Action action) {
        return action == Action.PULL && isPublic(repository.value())
                ? AccessDecision.allowed()
                : others.decide(principal, repository, action);
    }

    private boolean isPublic(String name) {
        if (names.contains(name)) {
            return true;
        }
        for (int end = name.lastIndexOf('/'); end > 0; end = name.lastIndexOf('/', end - 1)) {
            if (prefixes.contains(name.substring(0, end))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean mayListRepositories(RegistryPrincipal principal) {
        return others.mayListRepositories(principal);
    }
}
