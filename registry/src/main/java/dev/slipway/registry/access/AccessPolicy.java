package dev.slipway.registry.access;

import dev.slipway.registry.oci.RepositoryName;

/** Port: who may do what. What is not explicitly allowed is denied. May block. */
public interface AccessPolicy {
    /** Decides whether somebody may do something to a repository, whether or not it exists. */
    AccessDecision decide(RegistryPrincipal principal, RepositoryName repository, Action action);

    /** True if somebody may see the names of all repositories. */
    boolean mayListRepositories(RegistryPrincipal principal);

    /** Allows nothing to anybody. */
    static AccessPolicy nothing() {
        return new AccessPolicy() {
            @Override
            public AccessDecision decide(RegistryPrincipal principal, RepositoryName repository, Action action) {
                return AccessDecision.denied();
            }

            @Override
            public boolean mayListRepositories(RegistryPrincipal principal) {
                return false;
            }
        };
    }
}
