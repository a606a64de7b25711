/**
 * Copies of images in other registries: a queue that outlives the process, and what works it off. What is wanted where is
 * decided elsewhere.
 */
@NullMarked
package dev.slipway.registry.replicate;

import org.jspecify.annotations.NullMarked;
