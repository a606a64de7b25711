/**
 * Apps as owned names: created, found, destroyed, remembered.
 *
 * <p>Not here: source, releases, instances and everything else that an app has.
 */
@NullMarked
package dev.slipway.tenancy.app;

import org.jspecify.annotations.NullMarked;
