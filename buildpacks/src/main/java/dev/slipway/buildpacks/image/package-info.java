/**
 * Images out of layers: the run image below, the app's layers above, how its processes are launched, and the manifest
 * and configuration that say so. Not here: how layers are made.
 */
@NullMarked
package dev.slipway.buildpacks.image;

import org.jspecify.annotations.NullMarked;
