package dev.slipway.registry.repository;

import dev.slipway.registry.oci.Descriptor;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.MediaType;
import dev.slipway.registry.oci.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A manifest as people see it in a list.
 *
 * @param digest its name
 * @param mediaType its form
 * @param tags what stands for it
 * @param bytes of itself, its configuration and its layers, each blob once
 * @param layers of an image, lowest first; of an index none
 * @param pushedAt when it was last put
 * @param pushedBy who put it, as their principal is called
 * @param referrers manifests about it, such as signatures and bills of materials
 */
public record ImageSummary(
        Digest digest,
        MediaType mediaType,
        List<Tag> tags,
        long bytes,
        List<Descriptor> layers,
        Instant pushedAt,
        Optional<String> pushedBy,
        List<Descriptor> referrers) {
    /** Copies what could change. */
    public ImageSummary {
        tags = List.copyOf(tags);
        layers = List.copyOf(layers);
        referrers = List.copyOf(referrers);
    }
}
