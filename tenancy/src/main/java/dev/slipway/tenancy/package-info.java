/**
 * Who exists, who owns, who may, how much, who did what: the vocabulary of identity for the whole of Slipway.
 *
 * <p>Not here: anything that builds, stores or runs. The rooms below this package are the whole of it.
 */
@NullMarked
package dev.slipway.tenancy;

import org.jspecify.annotations.NullMarked;
