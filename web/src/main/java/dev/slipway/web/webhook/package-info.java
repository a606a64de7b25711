/**
 * Who is told of what happens in a tenant, and how that went.
 *
 * <p>Not here: the telling; {@code platform.webhook} does it.
 */
@NullMarked
package dev.slipway.web.webhook;

import org.jspecify.annotations.NullMarked;
