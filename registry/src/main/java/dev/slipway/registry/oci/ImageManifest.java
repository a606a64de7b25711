package dev.slipway.registry.oci;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The manifest of one image or artifact, in OCI or Docker schema 2 form.
 *
 * @param mediaType one for which {@link MediaType#isImage()} holds
 * @param artifactType the kind of artifact
 * @param config points at the configuration
 * @param layers point at the layers, lowest first
 * @param subject the manifest this one is about
 * @param annotations free words about it
 */
public record ImageManifest(
        MediaType mediaType,
        Optional<MediaType> artifactType,
        Descriptor config,
        List<Descriptor> layers,
        Optional<Descriptor> subject,
        Map<String, String> annotations)
        implements Manifest {

    /** Copies what could change. */
    public ImageManifest {
        layers = List.copyOf(layers);
        annotations = Ordered.copy(annotations);
    }

    /** An OCI image of a configuration and layers, lowest first. */
    public static ImageManifest of(Descriptor config, List<Descriptor> layers) {
        return new ImageManifest(MediaType.OCI_MANIFEST, Optional.empty(), config, layers, Optional.empty(), Map.of());
    }

    @Override
    public byte[] toBytes() {
        return ManifestWriter.write(this);
    }
}
