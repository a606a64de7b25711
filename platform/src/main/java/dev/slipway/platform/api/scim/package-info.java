/**
 * SCIM 2.0 over HTTP: paths, tokens of providers, lists and error forms.
 *
 * <p>Not here: what a filter or a patch means and what follows from a change, which is {@code scim}.
 */
@NullMarked
package dev.slipway.platform.api.scim;

import org.jspecify.annotations.NullMarked;
