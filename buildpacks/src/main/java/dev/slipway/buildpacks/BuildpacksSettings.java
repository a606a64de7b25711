package dev.slipway.buildpacks;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** Settings of builds, under {@code slipway.buildpacks}. */
@ConfigMapping(prefix = "slipway.buildpacks")
public interface BuildpacksSettings {

    /** Directory with one sub-directory per bundled buildpack and {@code order.toml}. */
    @WithDefault("buildpacks/bundled")
    Path directory();

    /** Directory that remembers which layers were written before; losing it only costs time. */
    @WithDefault("${slipway.home:${user.home}/.slipway}/layer-index")
    Path layerIndex();

    /** Bytes a source tree may have. */
    @WithDefault("1073741824")
    long maxSourceBytes();

    /** Files and links a source tree may have. */
    @WithDefault("200000")
    int maxSourceFiles();

    /** Bytes a build may print; more ends it. */
    @WithDefault("20000000")
    long maxOutputBytes();
}
