package dev.slipway.registry.oci;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A list of manifests, by platform or by referrer, in OCI or Docker form.
 *
 * @param mediaType one for which {@link MediaType#isIndex()} holds
 * @param artifactType the kind of artifact
 * @param manifests what is listed
 * @param subject the manifest this one is about
 * @param annotations free words about it
 */
public record ImageIndex(
        MediaType mediaType,
        Optional<MediaType> artifactType,
        List<Descriptor> manifests,
        Optional<Descriptor> subject,
        Map<String, String> annotations)
        implements Manifest {

    /** Copies what could change. */
    public ImageIndex {
        manifests = List.copyOf(manifests);
        annotations = Ordered.copy(annotations);
    }

    /** An OCI index of manifests. */
    public static ImageIndex of(List<Descriptor> manifests) {
        return new ImageIndex(MediaType.OCI_INDEX, Optional.empty(), manifests, Optional.empty(), Map.of());
    }

    @Override
    public byte[] toBytes() {
        return ManifestWriter.write(this);
    }
}
