/**
 * The newest lines that an app's instances wrote.
 *
 * <p>Not here: build output.
 */
@NullMarked
package dev.slipway.web.log;

import org.jspecify.annotations.NullMarked;
