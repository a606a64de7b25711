/**
 * The port through which instances are run somewhere: launch by id, stop, observe, watch, read logs and usage. Not
 * here: any engine or cluster (each has its own room below), and any decision about what should run.
 */
@NullMarked
package dev.slipway.platform.runtime;

import org.jspecify.annotations.NullMarked;
