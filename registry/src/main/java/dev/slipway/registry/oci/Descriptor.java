package dev.slipway.registry.oci;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Points at content (OCI Image Specification, section "Descriptor").
 *
 * @param mediaType what the content is
 * @param digest its name
 * @param size its length in bytes
 * @param annotations free words about it, in the order given
 * @param artifactType the kind of artifact, when this points at one
 * @param platform what it runs on, when it stands in an index
 * @param urls where else it can be had
 */
public record Descriptor(
        MediaType mediaType,
        Digest digest,
        long size,
        Map<String, String> annotations,
        Optional<MediaType> artifactType,
        Optional<Platform> platform,
        List<String> urls) {

    /** Checks the size and copies what could change. */
    public Descriptor {
        if (size < 0) {
            throw new RegistryException(ErrorCode.MANIFEST_INVALID, "size of " + digest + " is negative: " + size);
        }
        annotations = Ordered.copy(annotations);
        urls = List.copyOf(urls);
    }

    /** Points at content, with nothing more to say about it. */
    public static Descriptor of(MediaType mediaType, Digest digest, long size) {
        return new Descriptor(mediaType, digest, size, Map.of(), Optional.empty(), Optional.empty(), List.of());
    }

    /** The same content under another media type. */
    public Descriptor withMediaType(MediaType other) {
        return new Descriptor(other, digest, size, annotations, artifactType, platform, urls);
    }

    /** The same with these annotations instead. */
    public Descriptor withAnnotations(Map<String, String> other) {
        return new Descriptor(mediaType, digest, size, other, artifactType, platform, urls);
    }

    /** The same with an artifact type. */
    public Descriptor withArtifactType(Optional<MediaType> other) {
        return new Descriptor(mediaType, digest, size, annotations, other, platform, urls);
    }

    /** The same with a platform. */
    public Descriptor withPlatform(Platform other) {
        return new Descriptor(mediaType, digest, size, annotations, artifactType, Optional.of(other), urls);
    }

    /** The descriptor as a JSON document. */
    public byte[] toBytes() {
        return Json.bytes(ManifestWriter.descriptor(this));
    }

    /**
     * Reads a JSON document.
     *
     * @throws RegistryException {@link ErrorCode#MANIFEST_INVALID}
     */
    public static Descriptor parse(byte[] content) {
        return ManifestParser.descriptor(Json.readObject(content, "descriptor"), "descriptor");
    }
}
