/**
 * What belongs to an app as a whole: the hosts it answers to, and its end.
 *
 * <p>Not here: config, size and count of its processes; they have pages of their own.
 */
@NullMarked
package dev.slipway.web.setting;

import org.jspecify.annotations.NullMarked;
