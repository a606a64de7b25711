package dev.slipway.buildpacks.sandbox;

import java.util.Map;

/**
 * What a sandbox must look like.
 *
 * @param buildId identity of the build, used to name and find what the sandbox leaves behind
 * @param stack the stack whose build image is the sandbox's file system
 * @param limits what the whole build may use
 * @param environment set for every step: proxies and certificate bundles, never credentials
 */
public record SandboxRequest(String buildId, StackName stack, Limits limits, Map<String, String> environment) {

    public SandboxRequest {
        environment = Map.copyOf(environment);
    }
}
