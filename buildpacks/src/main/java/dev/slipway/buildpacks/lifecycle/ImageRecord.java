package dev.slipway.buildpacks.lifecycle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.buildpacks.image.BaseImage;
import dev.slipway.buildpacks.image.EnvironmentChange;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an image remembers of how it was built, in its label {@value #LABEL}, so that the next build can use a layer
 * again without having it.
 *
 * @param buildpacks by buildpack id, then by layer name
 */
record ImageRecord(Map<String, Map<String, LayerRecord>> buildpacks) {

    static final String LABEL = "dev.slipway.layers";

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /**
     * One launch layer.
     *
     * @param diffId digest of its archive before compression
     * @param build whether later buildpacks see it
     * @param cache whether it is kept between builds
     * @param metadata the buildpack's own table
     * @param environment what it changes for every process
     * @param processEnvironment what it changes for single process types
     */
    record LayerRecord(
            String diffId,
            boolean build,
            boolean cache,
            JsonNode metadata,
            List<EnvironmentChange> environment,
            Map<String, List<EnvironmentChange>> processEnvironment) {

        LayerRecord {
            environment = List.copyOf(environment);
            processEnvironment = Collections.unmodifiableMap(new TreeMap<>(processEnvironment));
        }
    }

    static ImageRecord none() {
        return new ImageRecord(Map.of());
    }

    static ImageRecord of(Optional<BaseImage> image) {
        Optional<String> label = image.flatMap(found -> found.label(LABEL));
        if (label.isEmpty()) {
            return none();
        }
        try {
            return MAPPER.readValue(label.get(), ImageRecord.class);
        } catch (JsonProcessingException e) {
            return none(); // Written by another version: the next build starts afresh.
        }
    }

    String text() {
        try {
            return MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Tried to write the record of an image: " + e.getOriginalMessage(), e);
        }
    }

    Map<String, LayerRecord> of(String buildpack) {
        return buildpacks.getOrDefault(buildpack, Map.of());
    }
}
