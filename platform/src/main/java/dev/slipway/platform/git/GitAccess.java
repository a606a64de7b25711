package dev.slipway.platform.git;

import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.identity.AppRef;

/** Port: may this principal fetch from or push to this app's repository? Denials are audited behind the port. */
public interface GitAccess {
    /** What the principal wants to do with the repository. */
    enum Want {
        READ,
        WRITE
    }

    /**
     * Decides.
     *
     * @param principal who asks
     * @param app which app's repository
     * @param want fetch or push
     * @return granted with the app's id, or refused with the one sentence the client may read; an app that does not exist and
     *     one that the principal may not know of must give the same sentence
     */
    RepositoryAccess decide(Principal principal, AppRef app, Want want);
}
