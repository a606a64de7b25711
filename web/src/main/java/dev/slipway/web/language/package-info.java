/**
 * The languages of the pages: which one a request wants, and all sentences in each, under type-safe names.
 *
 * <p>Not here: what the platform answers (its refusals, build output), which is English everywhere.
 */
@NullMarked
package dev.slipway.web.language;

import org.jspecify.annotations.NullMarked;
