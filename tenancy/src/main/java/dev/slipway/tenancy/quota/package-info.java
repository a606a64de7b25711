/**
 * How much a tenant may hold, and the ledger of what it does hold.
 *
 * <p>Not here: measuring what is really used; the ledger knows promises only.
 */
@NullMarked
package dev.slipway.tenancy.quota;

import org.jspecify.annotations.NullMarked;
