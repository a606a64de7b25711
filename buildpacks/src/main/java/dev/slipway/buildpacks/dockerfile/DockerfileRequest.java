package dev.slipway.buildpacks.dockerfile;

import dev.slipway.buildpacks.sandbox.Limits;
import dev.slipway.registry.oci.RepositoryName;
import java.nio.file.Path;
import java.util.Map;

/**
 * What to build from a Dockerfile.
 *
 * @param buildId identity of the build, used to name and find what it leaves behind
 * @param repository where the image goes in the registry
 * @param context host directory with the source tree, written safely; belongs to this build alone
 * @param dockerfile path of the Dockerfile in the context, {@code /} between names
 * @param buildArguments values for {@code ARG}
 * @param limits what the build may use
 */
public record DockerfileRequest(
        String buildId,
        RepositoryName repository,
        Path context,
        String dockerfile,
        Map<String, String> buildArguments,
        Limits limits) {

    public DockerfileRequest {
        buildArguments = Map.copyOf(buildArguments);
    }
}
