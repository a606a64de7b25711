package dev.slipway.registry.oci;

import java.util.Map;
import java.util.Optional;

/** A manifest that was understood: of one image or artifact, or an index of others. */
public sealed interface Manifest permits ImageManifest, ImageIndex {
    /** The largest manifest the registry takes, in bytes. */
    int MAX_BYTES = 4 * 1024 * 1024;

    /** The form it is written in. */
    MediaType mediaType();

    /** The kind of artifact, if it says so. */
    Optional<MediaType> artifactType();

    /** The manifest this one is about, which may not exist yet. */
    Optional<Descriptor> subject();

    /** Free words about it. */
    Map<String, String> annotations();

    /** The bytes to store; equal manifests give equal bytes. */
    byte[] toBytes();

    /**
     * Understands the bytes of a manifest.
     *
     * @param mediaType the form they are said to be in
     * @throws RegistryException {@link ErrorCode#MANIFEST_INVALID} with what is wrong where, or {@link
     *     ErrorCode#MANIFEST_TOO_LARGE}
     */
    static Manifest parse(MediaType mediaType, byte[] content) {
        return ManifestParser.parse(mediaType, content);
    }
}
