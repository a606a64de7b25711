package dev.slipway.platform.runtime.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.transport.DockerHttpClient;
import dev.slipway.platform.runtime.Usage;

/** Asks the engine for one sample of a container's statistics, without the second that two samples take. */
final class OneShotStatistics {

    private static final ObjectMapper JSON = new ObjectMapper();

    private OneShotStatistics() {}

    static Usage read(Engine engine, String container) {
        return engine.call("measure", container, () -> {
            var request = DockerHttpClient.Request.builder()
                    .method(DockerHttpClient.Request.Method.GET)
                    .path("/v1.41/containers/" + container + "/stats?stream=false&one-shot=true")
                    .build();
            try (var response = engine.http().execute(request)) {
                return read(JSON.readTree(response.getBody()));
            }
        });
    }

    private static Usage read(JsonNode statistics) {
        JsonNode memory = statistics.path("memory_stats");
        JsonNode detail = memory.path("stats");
        long cache = detail.path("total_inactive_file")
                .asLong(detail.path("inactive_file").asLong(0));
        return new Usage(
                statistics
                        .path("cpu_stats")
                        .path("cpu_usage")
                        .path("total_usage")
                        .asLong(),
                Math.max(0, memory.path("usage").asLong() - cache));
    }
}
