/**
 * The config of an app: names at first, values when asked for, and the forms that change them.
 *
 * <p>Not here: how values are sealed.
 */
@NullMarked
package dev.slipway.web.config;

import org.jspecify.annotations.NullMarked;
