/**
 * The `/v2/` API of the OCI Distribution Specification 1.1 on Vert.x: paths, headers, streams and the answer to each
 * error. Holds no state of its own and decides nothing about content.
 */
@NullMarked
package dev.slipway.registry.http;

import org.jspecify.annotations.NullMarked;
