/**
 * The port through which untrusted build code is run: open a sandbox, run steps in it with limits, stream what they
 * print, learn how they ended. Not here: any container engine; adapters live with the one who has the engine.
 */
@NullMarked
package dev.slipway.buildpacks.sandbox;

import org.jspecify.annotations.NullMarked;
