/**
 * The process itself: its home and who holds it, what must run before the application does, and what ends after it.
 *
 * <p>Not here: anything the application can do for itself once it runs.
 */
@NullMarked
package dev.slipway.platform.program;

import org.jspecify.annotations.NullMarked;
