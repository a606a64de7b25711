/**
 * Instances, sandboxes and Dockerfile builds on a Docker Engine reached over its local socket. The only room that
 * knows docker-java. Not here: what should run, and what is built.
 */
@NullMarked
package dev.slipway.platform.runtime.docker;

import org.jspecify.annotations.NullMarked;
