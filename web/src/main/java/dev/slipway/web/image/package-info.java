/**
 * The images of an app: tags, sizes, layers, who pushed them, what is made of them and what is about them.
 *
 * <p>Not here: how they come and go; that is the registry's.
 */
@NullMarked
package dev.slipway.web.image;

import org.jspecify.annotations.NullMarked;
