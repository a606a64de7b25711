/** The store on a disk that stops in the middle of a push. */
@org.jspecify.annotations.NullMarked
package dev.slipway.registry.crash;
