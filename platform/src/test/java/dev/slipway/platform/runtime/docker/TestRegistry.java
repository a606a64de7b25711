package dev.slipway.platform.runtime.docker;

import dev.slipway.platform.runtime.PullCredentials;
import dev.slipway.registry.oci.ImageReference;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** A registry on a free local port that holds one image and wants a password; keeps what is pushed. */
final class TestRegistry implements AutoCloseable {

    static final PullCredentials CREDENTIALS = new PullCredentials("robot", "pull-secret");
    private static final String MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
    private final Map<String, byte[]> manifests = new ConcurrentHashMap<>();
    private final String image;

    TestRegistry() throws Exception {
        byte[] layer = TestSystem.layer();
        String layerDigest = digest(layer);
        byte[] config =
                ("{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{\"Cmd\":[\"/bin/sh\"],\"Env\":[\"PATH=/bin\"]},"
                                + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"" + layerDigest + "\"]}}")
                        .getBytes(StandardCharsets.UTF_8);
        byte[] manifest = ("{\"schemaVersion\":2,\"mediaType\":\"" + MANIFEST + "\",\"config\":{\"mediaType\":"
                        + "\"application/vnd.docker.container.image.v1+json\",\"size\":" + config.length
                        + ",\"digest\":\"" + digest(config)
                        + "\"},\"layers\":[{\"mediaType\":\"application/vnd.docker.image.rootfs.diff.tar\",\"size\":"
                        + layer.length + ",\"digest\":\"" + layerDigest + "\"}]}")
                .getBytes(StandardCharsets.UTF_8);
        blobs.put(layerDigest, layer);
        blobs.put(digest(config), config);
        image = digest(manifest);
        manifests.put(image, manifest);
        server = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> answer(request, body.getBytes())))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get();
    }

    String host() {
        return "127.0.0.1:" + server.actualPort();
    }

    ImageReference image() {
        return ImageReference.parse(host() + "/test/system@" + image);
    }

    /** What stands under a digest or tag; null if nothing. */
    byte[] manifest(String reference) {
        return manifests.get(reference);
    }

    private void answer(HttpServerRequest request, byte[] body) {
        String basic = Base64.getEncoder()
                .encodeToString((CREDENTIALS.user() + ":" + CREDENTIALS.password()).getBytes(StandardCharsets.UTF_8));
        if (!("Basic " + basic).equals(request.getHeader("Authorization"))) {
            request.response().putHeader("WWW-Authenticate", "Basic realm=\"test\"");
            send(request, 401, "", new byte[0]);
            return;
        }
        String path = request.path();
        String last = path.substring(path.lastIndexOf('/') + 1);
        if (path.equals("/v2/")) {
            send(request, 200, "application/json", "{}".getBytes(StandardCharsets.UTF_8));
        } else if (path.contains("/manifests/")) {
            manifest(request, last, body);
        } else if (path.contains("/blobs/uploads")) {
            upload(request, path, body);
        } else {
            give(request, blobs.get(last), "application/octet-stream", last);
        }
    }

    private void manifest(HttpServerRequest request, String reference, byte[] body) {
        if (request.method().name().equals("PUT")) {
            manifests.put(reference, body);
            manifests.put(digest(body), body);
            request.response().putHeader("Docker-Content-Digest", digest(body));
            send(request, 201, "", new byte[0]);
            return;
        }
        byte[] found = manifests.get(reference);
        give(request, found, MANIFEST, found == null ? reference : digest(found));
    }

    private void upload(HttpServerRequest request, String path, byte[] body) {
        String id = path.substring(path.lastIndexOf('/') + 1);
        switch (request.method().name()) {
            case "POST" -> {
                id = UUID.randomUUID().toString();
                request.response().putHeader("Location", path.replaceAll("/*$", "") + "/" + id);
                send(request, 202, "", new byte[0]);
            }
            case "PATCH" -> {
                blobs.merge(id, body, TestRegistry::join);
                request.response().putHeader("Location", path);
                request.response().putHeader("Range", "0-" + (blobs.get(id).length - 1));
                send(request, 202, "", new byte[0]);
            }
            default -> {
                String digest = request.getParam("digest");
                blobs.put(digest, join(blobs.getOrDefault(id, new byte[0]), body));
                request.response().putHeader("Docker-Content-Digest", digest);
                request.response().putHeader("Location", path);
                send(request, 201, "", new byte[0]);
            }
        }
    }

    private static byte[] join(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private static void give(HttpServerRequest request, byte[] content, String type, String digest) {
        if (content == null) {
            byte[] problem = "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\",\"message\":\"manifest unknown\"}]}"
                    .getBytes(StandardCharsets.UTF_8);
            send(request, 404, "application/json", problem);
            return;
        }
        request.response().putHeader("Docker-Content-Digest", digest);
        send(request, 200, type, content);
    }

    private static void send(HttpServerRequest request, int status, String type, byte[] body) {
        var response = request.response().setStatusCode(status);
        response.putHeader("Docker-Distribution-Api-Version", "registry/2.0");
        if (!type.isEmpty()) {
            response.putHeader("Content-Type", type);
        }
        if (request.method().name().equals("HEAD")) {
            response.putHeader("Content-Length", String.valueOf(body.length));
            response.end();
        } else {
            response.end(Buffer.buffer(body));
        }
    }

    static String digest(byte[] content) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
