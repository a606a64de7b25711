/**
 * Sealing of config values and credentials before they are stored, and the keys that do it.
 *
 * <p>Not here: where sealed bytes are stored, and password or token hashes, which are never opened again.
 */
@NullMarked
package dev.slipway.tenancy.secret;

import org.jspecify.annotations.NullMarked;
