package dev.slipway.platform.deployment;

import java.util.UUID;

/** The id of one deployment. */
public record DeploymentId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
