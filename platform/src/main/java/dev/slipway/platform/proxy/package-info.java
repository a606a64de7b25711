/**
 * The built-in proxy: takes requests on the port of the apps and carries them to healthy instances, by host. Netty stays in
 * this room. Not here: which host leads where (see {@code route}), TLS, and the pages of the control plane.
 */
@NullMarked
package dev.slipway.platform.proxy;

import org.jspecify.annotations.NullMarked;
