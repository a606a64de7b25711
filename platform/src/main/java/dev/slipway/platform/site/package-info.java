/** This installation, its leader, and the datacenters it places instances in. Not: the runtimes. */
@NullMarked
package dev.slipway.platform.site;

import org.jspecify.annotations.NullMarked;
