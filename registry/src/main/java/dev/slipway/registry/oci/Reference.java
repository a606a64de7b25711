package dev.slipway.registry.oci;

/** What a manifest is asked for by: a tag, which may move, or a digest, which cannot. */
public sealed interface Reference permits Tag, Digest {

    /**
     * Reads the last part of a manifest's address: with a colon it is a digest, without one a tag.
     *
     * @throws RegistryException {@link ErrorCode#DIGEST_INVALID} or {@link ErrorCode#TAG_INVALID}
     */
    static Reference parse(String text) {
        return text.indexOf(':') >= 0 ? Digest.parse(text) : Tag.parse(text);
    }
}
