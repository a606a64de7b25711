package dev.slipway.platform.git;

import dev.slipway.tenancy.identity.AppId;
import dev.slipway.tenancy.identity.AppRef;

/** The answer to "may I?" for a repository. */
public sealed interface RepositoryAccess {
    /**
     * Yes.
     *
     * @param app the app's id, which names the repository on disk
     * @param ref the app's tenant and name
     */
    record Granted(AppId app, AppRef ref) implements RepositoryAccess {}

    /**
     * There is no such app, or the principal may not know of it: the same for both.
     *
     * @param sentence what the client reads, one line
     */
    record NotFound(String sentence) implements RepositoryAccess {}

    /**
     * The principal knows the app and may not do this.
     *
     * @param sentence what the client reads, one line
     */
    record Forbidden(String sentence) implements RepositoryAccess {}
}
