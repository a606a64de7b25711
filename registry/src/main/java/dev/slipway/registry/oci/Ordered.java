package dev.slipway.registry.oci;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Copies of maps that keep their order, because the order of keys is part of a document's bytes and so of its digest. */
final class Ordered {
    private Ordered() {}

    static <K, V> Map<K, V> copy(Map<K, V> original) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(original));
    }
}
