package dev.slipway.platform.runtime.docker;

import dev.slipway.buildpacks.sandbox.Limits;
import java.nio.file.Path;

/**
 * A started sandbox that no build has used yet.
 *
 * @param name of its container
 * @param image id of its image
 * @param exchange directory on the machine that it sees as {@code /slipway}
 * @param limits what it may use
 */
record WarmSandbox(String name, String image, Path exchange, Limits limits) {}
