/**
 * Source tree in, OCI image out. The rooms below follow the data's way: source, detect, sandbox, layer, image,
 * lifecycle. Not here: git, build queues, releases, and any client of a container engine.
 */
@NullMarked
package dev.slipway.buildpacks;

import org.jspecify.annotations.NullMarked;
