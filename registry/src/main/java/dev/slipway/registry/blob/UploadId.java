package dev.slipway.registry.blob;

import dev.slipway.registry.oci.ErrorCode;
import dev.slipway.registry.oci.RegistryException;
import java.util.UUID;

/** Names an upload in progress. Random, so that it cannot be guessed. */
public record UploadId(UUID value) {
    private static final int LENGTH = 36;

    /** A new one. */
    public static UploadId random() {
        return new UploadId(UUID.randomUUID());
    }

    /**
     * Reads the text form.
     *
     * @throws RegistryException {@link ErrorCode#BLOB_UPLOAD_UNKNOWN}
     */
    public static UploadId parse(String text) {
        try {
            UUID uuid = UUID.fromString(text);
            if (text.length() == LENGTH && uuid.toString().equals(text)) {
                return new UploadId(uuid);
            }
        } catch (IllegalArgumentException e) {
            // said below, together with the forms that the JDK is lenient about
        }
        throw new RegistryException(ErrorCode.BLOB_UPLOAD_UNKNOWN, "that is not an upload's id");
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
