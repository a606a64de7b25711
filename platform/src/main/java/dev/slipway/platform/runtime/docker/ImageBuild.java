package dev.slipway.platform.runtime.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.transport.DockerHttpClient;
import dev.slipway.buildpacks.dockerfile.DockerfileRequest;
import dev.slipway.buildpacks.sandbox.OutputSink;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One build request to the engine and its answer. Sent by hand, because the client library does not know the processor
 * quota and the parent control group of builds.
 */
final class ImageBuild {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Engine engine;
    private final OutputSink output;
    private volatile DockerHttpClient.@Nullable Response response;
    private volatile boolean refused;
    private String instruction = "";
    private String error = "";
    private String imageId = "";
    private int errorCode;

    ImageBuild(Engine engine, OutputSink output) {
        this.engine = engine;
        this.output = output;
    }

    /** The query of the request (Engine API, ImageBuild). */
    static String query(DockerfileRequest request, String tag, String network, String group, Map<String, String> labels)
            throws IOException {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("dockerfile", request.dockerfile());
        parameters.put("t", tag);
        parameters.put("cachefrom", JSON.writeValueAsString(List.of(tag)));
        parameters.put("rm", "1");
        parameters.put("forcerm", "1");
        parameters.put("networkmode", network);
        parameters.put("memory", String.valueOf(request.limits().memoryBytes()));
        parameters.put("memswap", String.valueOf(request.limits().memoryBytes()));
        parameters.put("cpuperiod", "100000");
        parameters.put("cpuquota", String.valueOf(request.limits().cpuMillis() * 100));
        parameters.put("buildargs", JSON.writeValueAsString(new java.util.TreeMap<>(request.buildArguments())));
        parameters.put("labels", JSON.writeValueAsString(labels));
        if (!group.isEmpty()) {
            parameters.put("cgroupparent", group);
        }
        List<String> pairs = new ArrayList<>();
        parameters.forEach((name, value) -> pairs.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return String.join("&", pairs);
    }

    /** Sends the context and reads the answer to its end. */
    void run(String query, InputStream context) throws IOException {
        var request = DockerHttpClient.Request.builder()
                .method(DockerHttpClient.Request.Method.POST)
                .path("/v1.41/build?" + query)
                .headers(Map.of("Content-Type", "application/x-tar"))
                .body(context)
                .build();
        try (var answer = engine.http().execute(request)) {
            response = answer;
            if (answer.getStatusCode() != 200) {
                error = JSON.readTree(answer.getBody()).path("message").asText("status " + answer.getStatusCode());
                return;
            }
            MappingIterator<JsonNode> messages = JSON.readerFor(JsonNode.class).readValues(answer.getBody());
            while (!refused && messages.hasNextValue()) {
                take(messages.nextValue());
            }
        } finally {
            response = null;
        }
    }

    private void take(JsonNode message) {
        String text = message.path("stream").asText("");
        if (text.startsWith("Step ") && text.contains(" : ")) {
            instruction = text.substring(text.indexOf(" : ") + 3).strip();
        }
        if (!text.isEmpty()) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            refused = !output.accept(bytes, 0, bytes.length);
        }
        if (message.has("errorDetail")) {
            error = message.path("errorDetail").path("message").asText("unknown");
            errorCode = message.path("errorDetail").path("code").asInt(0);
        }
        if (message.path("aux").has("ID")) {
            imageId = message.path("aux").path("ID").asText();
        }
    }

    /** Ends the build: the engine kills a build whose client goes away. */
    void abort() {
        DockerHttpClient.Response open = response;
        if (open != null) {
            open.close();
        }
    }

    /** Whether the output wanted no more. */
    boolean refused() {
        return refused;
    }

    /** The instruction that was tried last; empty if none. */
    String instruction() {
        return instruction;
    }

    /** What went wrong; empty if nothing. */
    String error() {
        return error;
    }

    /** Exit code of the command that failed, 0 if that was not the reason. */
    int errorCode() {
        return errorCode;
    }

    /** Id of the image that was made; empty if none. */
    String imageId() {
        return imageId;
    }
}
