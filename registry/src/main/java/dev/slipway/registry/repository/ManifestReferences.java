package dev.slipway.registry.repository;

import dev.slipway.registry.oci.Descriptor;
import dev.slipway.registry.oci.ImageIndex;
import dev.slipway.registry.oci.ImageManifest;
import dev.slipway.registry.oci.Manifest;
import dev.slipway.registry.oci.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a manifest needs to be whole, and how it introduces itself to its subject's referrers. */
final class ManifestReferences {
    private ManifestReferences() {}

    /** The blobs that must be in the repository. */
    static List<Descriptor> blobs(Manifest manifest) {
        return switch (manifest) {
            case ImageManifest image -> {
                List<Descriptor> needed = new ArrayList<>();
                needed.add(image.config());
                image.layers().stream()
                        .filter(layer -> !layer.mediaType().isForeignLayer())
                        .forEach(needed::add);
                yield needed;
            }
            case ImageIndex index -> List.of();
        };
    }

    /** The manifests that must be in the repository. */
    static List<Descriptor> manifests(Manifest manifest) {
        return switch (manifest) {
            case ImageManifest image -> List.of();
            case ImageIndex index -> index.manifests();
        };
    }

    /** The entry for the list of referrers (OCI Distribution Specification 1.1, section "Listing Referrers"). */
    static Descriptor introduction(StoredManifest stored, Manifest manifest) {
        Optional<MediaType> type = manifest.artifactType();
        if (type.isEmpty() && manifest instanceof ImageManifest image) {
            type = Optional.of(image.config().mediaType());
        }
        Map<String, String> annotations = manifest.annotations();
        return Descriptor.of(stored.mediaType(), stored.digest(), stored.size())
                .withArtifactType(type)
                .withAnnotations(annotations);
    }
}
