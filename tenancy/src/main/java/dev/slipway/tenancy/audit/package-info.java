/**
 * The append-only, hash-chained record of who did what.
 *
 * <p>Not here: logs for operators, and anything that could be read as a secret.
 */
@NullMarked
package dev.slipway.tenancy.audit;

import org.jspecify.annotations.NullMarked;
