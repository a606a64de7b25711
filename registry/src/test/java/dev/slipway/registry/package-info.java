/** What several tests of the registry share: a clock to turn, random input, a place to wait for something. */
package dev.slipway.registry;
