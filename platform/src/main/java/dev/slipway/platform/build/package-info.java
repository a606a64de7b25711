/** The durable queue of builds and their life cycle. Not: how an image is made (buildpacks). */
@NullMarked
package dev.slipway.platform.build;

import org.jspecify.annotations.NullMarked;
