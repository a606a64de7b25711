/**
 * What a tenant and its apps have used over time.
 *
 * <p>Not here: the metering; {@code tenancy.quota} does it as it moves the ledger.
 */
@NullMarked
package dev.slipway.web.usage;

import org.jspecify.annotations.NullMarked;
