/**
 * The overview of an app, and the head that all pages of an app have.
 *
 * <p>Not here: builds, releases, processes, config and logs, which have rooms of their own.
 */
@NullMarked
package dev.slipway.web.app;

import org.jspecify.annotations.NullMarked;
