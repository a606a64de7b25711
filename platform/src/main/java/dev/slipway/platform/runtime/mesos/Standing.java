package dev.slipway.platform.runtime.mesos;

import java.util.Optional;

/**
 * How the subscription is.
 *
 * @param frameworkId empty while it is not known
 * @param master the leading one, while connected
 * @param version of the master, while connected
 * @param trouble what keeps it from being connected, as a sentence for people
 */
record Standing(boolean connected, String frameworkId, String master, String version, Optional<String> trouble) {
    /** Not connected, and why. */
    static Standing off(String frameworkId, String trouble) {
        return new Standing(false, frameworkId, "", "", Optional.of(trouble));
    }
}
