/**
 * A Mesos master with its agents, written by hand to say and do what a real 1.11 does (see the recordings it is compared
 * with). It speaks the real wire: HTTP, RecordIO, protobuf and JSON.
 */
@NullUnmarked
package dev.slipway.platform.runtime.mesos.fake;

import org.jspecify.annotations.NullUnmarked;
