package dev.slipway.platform.git;

import dev.slipway.tenancy.identity.AppId;
import java.util.Optional;

/** Port: remembers which branch of an app deploys. Durable, and shared by all control-plane processes. */
public interface DeployBranch {
    /**
     * The deploy branch in force.
     *
     * @return the short branch name ({@code main}), or empty while nothing was pushed
     */
    Optional<String> of(AppId app);

    /**
     * Makes a branch the deploy branch, if the one in force is still the expected one (compare and set).
     *
     * @param branch short branch name
     * @param expected what {@link #of} answered before
     * @return the branch in force afterwards, whether this call set it or another did
     */
    String claim(AppId app, String branch, Optional<String> expected);
}
