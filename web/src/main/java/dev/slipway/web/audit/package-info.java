/**
 * What was done in a tenant, by whom and when.
 *
 * <p>Not here: the record itself and its chain; {@code tenancy.audit} keeps them.
 */
@NullMarked
package dev.slipway.web.audit;

import org.jspecify.annotations.NullMarked;
