/**
 * Tells tenants' own programs what happened, by signed requests that are repeated until they are taken.
 *
 * <p>Not here: what happened ({@code event}), and who may set webhooks up ({@code command}).
 */
@NullMarked
package dev.slipway.platform.webhook;

import org.jspecify.annotations.NullMarked;
