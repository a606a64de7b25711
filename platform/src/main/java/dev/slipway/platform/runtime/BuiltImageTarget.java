package dev.slipway.platform.runtime;

import dev.slipway.registry.oci.RepositoryName;

/** Where images that the engine has built go. */
public interface BuiltImageTarget {

    /** Host of the registry as the engine reaches it, with its port. */
    String registry();

    /** What the engine shows to push into a repository. */
    PullCredentials credentials(RepositoryName repository);
}
