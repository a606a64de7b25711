/**
 * The bytes between this program and a Mesos master or agent: RecordIO, streaming and pipelined HTTP/1.1, redirects,
 * authentication, TLS and where the leading master is. Not here: what is said (the scheduler above).
 */
@NullMarked
package dev.slipway.platform.runtime.mesos.wire;

import org.jspecify.annotations.NullMarked;
