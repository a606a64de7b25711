package dev.slipway.registry.repository;

import dev.slipway.registry.oci.MediaType;
import java.util.Optional;

/**
 * What a repository notes of a manifest beside its bytes: a line with the media type, and one with who put it.
 *
 * @param mediaType the form it was put in
 * @param by who put it, as their principal is called; empty if nobody said
 */
record ManifestEntry(MediaType mediaType, Optional<String> by) {

    /** Who puts manifests whose parts are fetched when somebody asks for them. */
    static final String AHEAD = "mirror";

    /** True if parts of it may be absent. */
    boolean isAhead() {
        return by.filter(AHEAD::equals).isPresent();
    }

    static ManifestEntry parse(String text) {
        int end = text.indexOf('\n');
        return end < 0
                ? new ManifestEntry(new MediaType(text), Optional.empty())
                : new ManifestEntry(
                        new MediaType(text.substring(0, end)),
                        Optional.of(text.substring(end + 1)).filter(by -> !by.isEmpty()));
    }

    String text() {
        return by.map(name -> mediaType + "\n" + name.replace('\n', ' ')).orElse(mediaType.value());
    }
}
