package dev.slipway.tenancy.access;

import java.util.List;
import java.util.Optional;

/**
 * Where a principal stands towards a subject at this moment, as stored.
 *
 * @param account whether the account exists and is not disabled; true for robots
 * @param token whether the token it came with is neither expired nor revoked; true without a token
 * @param operator whether the account is a platform operator
 * @param role the member's role in the subject's tenant
 * @param given the other roles in the subject's tenant, those on single apps included
 * @param tenant whether the subject's tenant exists
 * @param app whether the subject's app exists and is not destroyed
 */
public record Standing(
        boolean account,
        boolean token,
        boolean operator,
        Optional<Role> role,
        List<Given> given,
        boolean tenant,
        boolean app) {
    public Standing {
        given = List.copyOf(given);
    }

    /** The same towards another app of the tenant, one that is there. */
    Standing withApp() {
        return new Standing(account, token, operator, role, given, tenant, true);
    }
}
