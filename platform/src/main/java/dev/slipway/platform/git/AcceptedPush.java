package dev.slipway.platform.git;

import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.identity.AppId;
import dev.slipway.tenancy.identity.AppRef;
import java.util.Optional;

/**
 * A push to the deploy branch that passed the rules and waits for its verdict.
 *
 * @param app the app's id
 * @param ref the app's tenant and name
 * @param principal who pushed
 * @param transport how it came
 * @param branch short name of the deploy branch
 * @param commit what was pushed
 * @param previous where the branch stood, empty for the first push
 * @param forced whether the branch's old commit is not an ancestor of the new one
 * @param source the commit's tree, readable now and later through {@link Sources}
 */
public record AcceptedPush(
        AppId app,
        AppRef ref,
        Principal principal,
        Transport transport,
        String branch,
        PushedCommit commit,
        Optional<CommitId> previous,
        boolean forced,
        CommitSource source) {
    /** How a push reached the platform. */
    public enum Transport {
        SSH,
        HTTP
    }
}
