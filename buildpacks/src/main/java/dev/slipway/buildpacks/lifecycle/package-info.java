/**
 * From a request to an image: opens a sandbox, writes the source, lets buildpacks detect and build, exports layers,
 * assembles the image. {@link dev.slipway.buildpacks.lifecycle.Lifecycle} is the table of contents. Not here: queues,
 * releases, and what a layer or an image is made of.
 */
@NullMarked
package dev.slipway.buildpacks.lifecycle;

import org.jspecify.annotations.NullMarked;
