/** Images as one file, an OCI image layout in a tar, for networks that nothing else crosses. Not: who may take or bring one. */
@NullMarked
package dev.slipway.registry.archive;

import org.jspecify.annotations.NullMarked;
