/** Archives, beside what skopeo reads and writes. */
package dev.slipway.registry.archive;
