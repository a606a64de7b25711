/**
 * What belongs to the person who signed in: ssh keys and tokens.
 *
 * <p>Not here: other people's accounts.
 */
@NullMarked
package dev.slipway.web.account;

import org.jspecify.annotations.NullMarked;
