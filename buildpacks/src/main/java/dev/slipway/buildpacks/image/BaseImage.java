package dev.slipway.buildpacks.image;

import dev.slipway.buildpacks.layer.LayerBlob;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.ImageConfig;
import dev.slipway.registry.oci.ImageManifest;
import dev.slipway.registry.oci.Manifest;
import dev.slipway.registry.oci.Reference;
import dev.slipway.registry.oci.RepositoryName;
import dev.slipway.registry.repository.Registry;
import dev.slipway.registry.repository.StoredManifest;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An image that is already in the registry.
 *
 * @param digest of its manifest
 * @param manifest its manifest
 * @param config its configuration
 */
public record BaseImage(Digest digest, ImageManifest manifest, ImageConfig config) {

    /**
     * Reads an image.
     *
     * @return empty if it is not there, or is an index or a mere artifact
     */
    public static Optional<BaseImage> read(Registry registry, RepositoryName repository, Reference reference)
            throws IOException {
        Optional<StoredManifest> stored = registry.getManifest(repository, reference);
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        Manifest parsed = stored.get().parsed();
        if (!(parsed instanceof ImageManifest manifest)) {
            return Optional.empty();
        }
        try (InputStream in = registry.blobs().open(manifest.config().digest())) {
            return Optional.of(new BaseImage(stored.get().digest(), manifest, ImageConfig.parse(in.readAllBytes())));
        }
    }

    /** Its layers, lowest first. */
    public List<LayerBlob> layers() {
        List<LayerBlob> layers = new ArrayList<>();
        int count = Math.min(manifest.layers().size(), config.diffIds().size());
        for (int i = 0; i < count; i++) {
            layers.add(new LayerBlob(manifest.layers().get(i), config.diffIds().get(i)));
        }
        return layers;
    }

    /** The layer with this digest before compression, if it has one. */
    public Optional<LayerBlob> layer(Digest diffId) {
        return layers().stream().filter(layer -> layer.diffId().equals(diffId)).findFirst();
    }

    /** A label, or empty. */
    public Optional<String> label(String name) {
        return Optional.ofNullable(config.launch().labels().get(name));
    }
}
