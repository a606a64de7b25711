/**
 * A complete OCI Distribution registry. Here are only its settings and its assembly; the rooms below hold the rest. It
 * knows repositories, not tenants: what those are it asks through ports.
 */
@NullMarked
package dev.slipway.registry;

import org.jspecify.annotations.NullMarked;
