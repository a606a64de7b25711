package dev.slipway.registry;

import dev.slipway.registry.oci.Descriptor;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.ImageManifest;
import dev.slipway.registry.oci.MediaType;
import dev.slipway.registry.oci.Reference;
import dev.slipway.registry.oci.RepositoryName;
import dev.slipway.registry.repository.Registry;
import java.util.List;

/** Makes small images in a registry without HTTP. */
public final class Images {
    private Images() {}

    public static Descriptor blob(Registry registry, RepositoryName name, MediaType type, String content) {
        Descriptor descriptor = registry.blobs().write(type, content.getBytes());
        registry.linkBlob(name, descriptor.digest());
        return descriptor;
    }

    public static ImageManifest manifest(Registry registry, RepositoryName name, String... layers) {
        return ImageManifest.of(
                blob(registry, name, MediaType.OCI_CONFIG, "{}"),
                List.of(layers).stream()
                        .map(layer -> blob(registry, name, MediaType.OCI_LAYER_GZIP, layer))
                        .toList());
    }

    public static Digest put(Registry registry, RepositoryName name, Reference reference, String... layers) {
        return registry.putManifest(
                name,
                reference,
                MediaType.OCI_MANIFEST,
                manifest(registry, name, layers).toBytes());
    }
}
