/** What a person sees of a build or a deployment, line by line: stored, and followed live. Not: container logs. */
@NullMarked
package dev.slipway.platform.transcript;

import org.jspecify.annotations.NullMarked;
