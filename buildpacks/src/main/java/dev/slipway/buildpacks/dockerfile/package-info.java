/**
 * The other way to an image: a Dockerfile at the root of the source tree. This room decides and names the port; the
 * building itself is done by whoever has a container engine.
 */
@NullMarked
package dev.slipway.buildpacks.dockerfile;

import org.jspecify.annotations.NullMarked;
