/**
 * What reaches a browser while its page is open, as server-sent events.
 *
 * <p>Not here: what is in the events; the pages decide, {@code platform.command} gives.
 */
@NullMarked
package dev.slipway.web.stream;

import org.jspecify.annotations.NullMarked;
