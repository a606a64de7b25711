/**
 * The PostgreSQL that Slipway runs for itself when no other is configured: its programs, its directory, its password,
 * its start, its stop and finding it again after a crash.
 *
 * <p>Not here: any table. Each room owns its own, and Flyway brings them.
 */
@NullMarked
package dev.slipway.platform.database;

import org.jspecify.annotations.NullMarked;
