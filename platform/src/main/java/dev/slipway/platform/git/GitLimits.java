package dev.slipway.platform.git;

import java.time.Duration;

/**
 * What one push may be, and how long the server waits for a client.
 *
 * @param maxPackBytes largest pack in bytes
 * @param maxObjectBytes largest object in bytes
 * @param maxRepositoryBytes size in bytes from which a repository takes no more
 * @param maxFiles most files in a deployed commit
 * @param maxTreeDepth deepest nesting in a deployed commit
 * @param clientTimeout how long a client may be silent, or not read
 * @param keepAlive after how long a silence of the build an empty packet is sent
 */
public record GitLimits(
        long maxPackBytes,
        long maxObjectBytes,
        long maxRepositoryBytes,
        int maxFiles,
        int maxTreeDepth,
        Duration clientTimeout,
        Duration keepAlive) {
    /** The limits in the settings. */
    public static GitLimits of(GitSettings settings) {
        return new GitLimits(
                settings.maxPackSize().asLongValue(),
                settings.maxObjectSize().asLongValue(),
                settings.maxRepositorySize().asLongValue(),
                settings.maxFiles(),
                settings.maxTreeDepth(),
                settings.clientTimeout(),
                settings.keepAlive());
    }
}
