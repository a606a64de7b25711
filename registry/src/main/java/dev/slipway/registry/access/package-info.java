/**
 * Who asks and what they may: the ports to accounts and to policy, short-lived signed tokens and their scopes. What a
 * tenant is stays unknown here.
 */
@NullMarked
package dev.slipway.registry.access;

import org.jspecify.annotations.NullMarked;
