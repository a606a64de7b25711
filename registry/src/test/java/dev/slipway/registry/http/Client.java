package dev.slipway.registry.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.registry.oci.Descriptor;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.ImageManifest;
import dev.slipway.registry.oci.MediaType;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** Speaks to a registry as one user, with Basic credentials. */
final class Client {
    private static final ObjectMapper JSON = new ObjectMapper();
    static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String base;
    private final String authorization;

    Client(RegistryServer server, String authorization) {
        this.base = "http://" + server.host();
        this.authorization = authorization;
    }

    static Client as(RegistryServer server, String user) {
        return new Client(server, RegistryServer.basic(user));
    }

    HttpResponse<byte[]> send(String method, String path, BodyPublisher body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(60))
                .method(method, body);
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(method + " " + path + " got no answer", e);
        }
    }

    HttpResponse<byte[]> get(String path, String... headers) {
        return send("GET", path, BodyPublishers.noBody(), headers);
    }

    HttpResponse<byte[]> head(String path) {
        return send("HEAD", path, BodyPublishers.noBody());
    }

    HttpResponse<byte[]> delete(String path) {
        return send("DELETE", path, BodyPublishers.noBody());
    }

    HttpResponse<byte[]> post(String path) {
        return send("POST", path, BodyPublishers.noBody());
    }

    HttpResponse<byte[]> put(String path, byte[] body, String... headers) {
        return send("PUT", path, BodyPublishers.ofByteArray(body), headers);
    }

    HttpResponse<byte[]> patch(String path, byte[] body, String... headers) {
        return send("PATCH", path, BodyPublishers.ofByteArray(body), headers);
    }

    String beginUpload(String repository) {
        return location(post("/v2/" + repository + "/blobs/uploads/"));
    }

    Descriptor pushBlob(String repository, byte[] content) {
        Digest digest = Digest.sha256(content);
        HttpResponse<byte[]> answer = put(beginUpload(repository) + "?digest=" + digest, content);
        if (answer.statusCode() != 201) {
            throw new IllegalStateException("push of a blob gave " + answer.statusCode() + new String(answer.body()));
        }
        return Descriptor.of(MediaType.OCI_LAYER_GZIP, digest, content.length);
    }

    /** Pushes an image of one layer and gives its manifest's digest. */
    Digest pushImage(String repository, String reference, String layer) {
        ImageManifest manifest = image(repository, layer);
        HttpResponse<byte[]> answer = putManifest(repository, reference, manifest.mediaType(), manifest.toBytes());
        if (answer.statusCode() != 201) {
            throw new IllegalStateException("push of an image gave " + answer.statusCode() + new String(answer.body()));
        }
        return Digest.sha256(manifest.toBytes());
    }

    ImageManifest image(String repository, String layer) {
        Descriptor config = pushBlob(repository, "{}".getBytes()).withMediaType(MediaType.OCI_CONFIG);
        return ImageManifest.of(config, List.of(pushBlob(repository, layer.getBytes())));
    }

    HttpResponse<byte[]> putManifest(String repository, String reference, MediaType type, byte[] content) {
        return put("/v2/" + repository + "/manifests/" + reference, content, "Content-Type", type.value());
    }

    static String location(HttpResponse<?> answer) {
        return answer.headers().firstValue("Location").orElseThrow();
    }

    static JsonNode json(HttpResponse<byte[]> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new IllegalStateException("not JSON: " + new String(answer.body()), e);
        }
    }

    static String code(HttpResponse<byte[]> answer) {
        return json(answer).path("errors").path(0).path("code").asText();
    }
}
