/**
 * What all pages have in common: the frame around them, who is let in, the form token, refusals and unknown paths, security
 * headers, how figures are written.
 *
 * <p>Not here: any single page.
 */
@NullMarked
package dev.slipway.web.page;

import org.jspecify.annotations.NullMarked;
