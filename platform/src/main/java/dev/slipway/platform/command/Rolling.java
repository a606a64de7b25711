package dev.slipway.platform.command;

import dev.slipway.platform.pipeline.Rollout;

/**
 * A deployment that a change has begun.
 *
 * @param release {@code v13}
 * @param deployment its number, for {@link DeploymentCommands#follow}
 */
public record Rolling(String release, int deployment) {
    static Rolling of(Rollout.Begun begun) {
        return new Rolling(begun.release().version(), begun.deployment().number());
    }
}
