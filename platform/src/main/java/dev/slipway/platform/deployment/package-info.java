/** The act of moving an app to a release, as a persisted state machine. Not: launching containers. */
@NullMarked
package dev.slipway.platform.deployment;

import org.jspecify.annotations.NullMarked;
