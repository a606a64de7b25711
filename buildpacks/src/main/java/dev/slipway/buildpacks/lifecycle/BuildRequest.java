package dev.slipway.buildpacks.lifecycle;

import dev.slipway.buildpacks.sandbox.Limits;
import dev.slipway.buildpacks.sandbox.StackName;
import dev.slipway.buildpacks.source.SourceTree;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.RepositoryName;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be built.
 *
 * @param buildId identity of the build
 * @param repository where the image goes
 * @param source the source tree
 * @param stack what the build runs on and the image stands on
 * @param buildEnvironment the developer's variables for the build
 * @param limits what the build may use
 * @param cacheDirectory kept between builds of one app; one build at a time uses it; best on the file system of the
 *     sandbox's exchange directory, so that moving is renaming
 * @param workDirectory for this build alone; emptied by the one who made it
 * @param previousImage the image of the app's last successful build, in the same repository
 */
public record BuildRequest(
        String buildId,
        RepositoryName repository,
        SourceTree source,
        StackName stack,
        Map<String, String> buildEnvironment,
        Limits limits,
        Path cacheDirectory,
        Path workDirectory,
        Optional<Digest> previousImage) {

    public BuildRequest {
        buildEnvironment = Map.copyOf(buildEnvironment);
    }
}
