package dev.slipway.registry.oci;

import java.util.Optional;

/**
 * What a manifest in an index runs on (OCI Image Specification, section "Image Index").
 *
 * @param architecture such as {@code amd64}
 * @param os such as {@code linux}
 * @param variant such as {@code v8}
 */
public record Platform(String architecture, String os, Optional<String> variant) {
    /** Linux on a 64-bit PC. */
    public static final Platform LINUX_AMD64 = new Platform("amd64", "linux", Optional.empty());
}
