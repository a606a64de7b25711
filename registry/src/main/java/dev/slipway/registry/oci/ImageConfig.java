package dev.slipway.registry.oci;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The configuration of an image (OCI Image Specification, section "Image Configuration").
 *
 * @param platform what it runs on
 * @param created when it was made
 * @param launch how a container of it starts
 * @param diffIds the digests of the uncompressed layers, lowest first
 * @param history how each layer came to be, lowest first; may be empty
 */
public record ImageConfig(
        Platform platform,
        Optional<Instant> created,
        LaunchConfig launch,
        List<Digest> diffIds,
        List<History> history) {

    /**
     * How one layer came to be.
     *
     * @param created when
     * @param createdBy the command
     * @param comment a remark
     * @param emptyLayer true if it left no layer
     */
    public record History(
            Optional<Instant> created, Optional<String> createdBy, Optional<String> comment, boolean emptyLayer) {
        /** A layer made by a command at a time. */
        public static History of(Instant created, String createdBy) {
            return new History(Optional.of(created), Optional.of(createdBy), Optional.empty(), false);
        }
    }

    /** Copies what could change. */
    public ImageConfig {
        diffIds = List.copyOf(diffIds);
        history = List.copyOf(history);
    }

    /** The bytes to store; equal configurations give equal bytes. */
    public byte[] toBytes() {
        return ImageConfigJson.write(this);
    }

    /**
     * Understands a configuration of OCI or Docker form.
     *
     * @throws RegistryException {@link ErrorCode#MANIFEST_INVALID} with what is wrong where
     */
    public static ImageConfig parse(byte[] content) {
        return ImageConfigJson.parse(content);
    }
}
