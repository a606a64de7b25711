/**
 * {@code /api/v1}: the commands over HTTP, described by OpenAPI, with one table of errors (RFC 9457) and bearer tokens.
 *
 * <p>Not here: decisions, which {@code command} makes, and pages for browsers.
 */
@NullMarked
package dev.slipway.platform.api;

import org.jspecify.annotations.NullMarked;
