package dev.slipway.buildpacks.layer;

import dev.slipway.registry.oci.Descriptor;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.MediaType;
import dev.slipway.registry.oci.RegistryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Remembers which stored layer a fingerprint led to. One small file per fingerprint; losing it only costs time. What
 * is found here may have been collected from the store meanwhile: the reader asks the store.
 */
public final class LayerIndex {

    private static final int PARTS = 3;

    private final Path directory;

    /**
     * Opens an index.
     *
     * @param directory made when first needed
     */
    public LayerIndex(Path directory) {
        this.directory = directory;
    }

    Optional<LayerBlob> find(Digest fingerprint) throws IOException {
        try {
            String[] parts = Files.readString(file(fingerprint)).strip().split(" ", -1);
            if (parts.length != PARTS) {
                return Optional.empty();
            }
            Descriptor descriptor =
                    Descriptor.of(MediaType.OCI_LAYER_GZIP, Digest.parse(parts[0]), Long.parseLong(parts[1]));
            return Optional.of(new LayerBlob(descriptor, Digest.parse(parts[2])));
        } catch (NoSuchFileException | RegistryException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    void put(Digest fingerprint, LayerBlob layer) throws IOException {
        Path file = file(fingerprint);
        Path parent = directory.resolve(fingerprint.hex().substring(0, 2));
        Files.createDirectories(parent);
        Path temporary = Files.createTempFile(parent, "new", "");
        Files.writeString(
                temporary,
                layer.descriptor().digest() + " " + layer.descriptor().size() + " " + layer.diffId() + "\n");
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Path file(Digest fingerprint) {
        return directory
                .resolve(fingerprint.hex().substring(0, 2))
                .resolve(fingerprint.hex().substring(2));
    }
}
