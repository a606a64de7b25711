package dev.slipway.platform.command;

import dev.slipway.platform.release.Release;
import java.time.Instant;
import java.util.List;

/**
 * A release as people see it; values of its config are not shown.
 *
 * @param release {@code v12}
 * @param live whether it is the one that serves
 * @param image digest of the image
 * @param processes names of the process types
 */
public record ReleaseFacts(
        String release,
        int number,
        boolean live,
        String description,
        String commit,
        String image,
        List<String> processes,
        List<String> configNames,
        String createdBy,
        Instant createdAt) {

    static ReleaseFacts of(Release release, boolean live) {
        return new ReleaseFacts(
                release.version(),
                release.number(),
                live,
                release.description(),
                release.commit(),
                release.repository() + "@" + release.imageDigest(),
                release.processes().stream().map(type -> type.name()).toList(),
                release.configNames(),
                release.createdBy(),
                release.createdAt());
    }
}
