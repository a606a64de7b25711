/** Instances: rows that exist before anything runs, and their life cycle. Not: the runtime's calls. */
@NullMarked
package dev.slipway.platform.instance;

import org.jspecify.annotations.NullMarked;
