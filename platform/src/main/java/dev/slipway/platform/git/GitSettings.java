package dev.slipway.platform.git;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** Settings {@code slipway.git.*}. */
@ConfigMapping(prefix = "slipway.git")
public interface GitSettings {
    /** Where the bare repositories lie, one directory {@code <app id>.git} for each app. */
    @WithDefault("${slipway.home:${user.home}/.slipway}/git")
    Path directory();

    /** The largest pack one push may send. */
    @WithDefault("512M")
    MemorySize maxPackSize();

    /** The largest single object (file) a push may contain. */
    @WithDefault("256M")
    MemorySize maxObjectSize();

    /** How large an app's repository may already be for another push to be taken. */
    @WithDefault("4G")
    MemorySize maxRepositorySize();

    /** The most files a deployed commit may have. */
    @WithDefault("100000")
    int maxFiles();

    /** The deepest directory nesting a deployed commit may have. */
    @WithDefault("64")
    int maxTreeDepth();

    /** How long a client may send nothing while the server waits for it. */
    @WithDefault("60s")
    Duration clientTimeout();

    /** After how long a silence in a build an empty packet keeps the connection open. */
    @WithDefault("5s")
    Duration keepAlive();
}
