/** The registry's doors opened by tenancy: who may pull and push, and how instances get at their images. Not: the registry. */
@NullMarked
package dev.slipway.platform.image;

import org.jspecify.annotations.NullMarked;
