package dev.slipway.platform.git;

import dev.slipway.tenancy.access.Principal;

/**
 * Who pushes or fetches what, and how it came.
 *
 * @param principal who is signed in
 * @param access the granted repository
 * @param transport ssh or HTTP
 */
public record PushContext(Principal principal, RepositoryAccess.Granted access, AcceptedPush.Transport transport) {}
