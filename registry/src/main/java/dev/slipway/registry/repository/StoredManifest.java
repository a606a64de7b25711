package dev.slipway.registry.repository;

import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.Manifest;
import dev.slipway.registry.oci.MediaType;

/**
 * A manifest as it was put.
 *
 * @param digest its name
 * @param mediaType the form it was put in
 * @param content its bytes, shared and not to be changed
 */
public record StoredManifest(Digest digest, MediaType mediaType, byte[] content) {

    /** Understands the content. */
    public Manifest parsed() {
        return Manifest.parse(mediaType, content);
    }

    /** Its length in bytes. */
    public long size() {
        return content.length;
    }
}
