package dev.slipway.platform.runtime.docker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.platform.runtime.PullCredentials;
import dev.slipway.registry.oci.ImageReference;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A registry on a free local port that holds one image and wants a password; keeps what is pushed. */
final class TestRegistry implements AutoCloseable {

    static final PullCredentials CREDENTIALS = new PullCredentials("robot", "pull-secret");
    private static final String MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
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
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 64);
        server.setExecutor(threads);
        server.createContext("/v2/", this::answer);
        server.start();
    }

    String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    ImageReference image() {
        return ImageReference.parse(host() + "/test/system@" + image);
    }

    /** What stands under a digest or tag; null if nothing. */
    byte[] manifest(String reference) {
        return manifests.get(reference);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String basic = Base64.getEncoder()
                    .encodeToString(
                            (CREDENTIALS.user() + ":" + CREDENTIALS.password()).getBytes(StandardCharsets.UTF_8));
            if (!("Basic " + basic).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"test\"");
                send(exchange, 401, "", new byte[0]);
                return;
            }
            String path = exchange.getRequestURI().getPath();
            String last = path.substring(path.lastIndexOf('/') + 1);
            if (path.equals("/v2/")) {
                send(exchange, 200, "application/json", "{}".getBytes(StandardCharsets.UTF_8));
            } else if (path.contains("/manifests/")) {
                manifest(exchange, last);
            } else if (path.contains("/blobs/uploads")) {
                upload(exchange, path);
            } else {
                give(exchange, blobs.get(last), "application/octet-stream", last);
            }
        }
    }

    private void manifest(HttpExchange exchange, String reference) throws IOException {
        if (exchange.getRequestMethod().equals("PUT")) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            manifests.put(reference, body);
            manifests.put(digest(body), body);
            exchange.getResponseHeaders().add("Docker-Content-Digest", digest(body));
            send(exchange, 201, "", new byte[0]);
            return;
        }
        byte[] found = manifests.get(reference);
        give(exchange, found, MANIFEST, found == null ? reference : digest(found));
    }

    private void upload(HttpExchange exchange, String path) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String query = exchange.getRequestURI().getQuery();
        String id = path.substring(path.lastIndexOf('/') + 1);
        switch (exchange.getRequestMethod()) {
            case "POST" -> {
                id = java.util.UUID.randomUUID().toString();
                exchange.getResponseHeaders().add("Location", path.replaceAll("/*$", "") + "/" + id);
                send(exchange, 202, "", new byte[0]);
            }
            case "PATCH" -> {
                blobs.merge(id, body, TestRegistry::join);
                exchange.getResponseHeaders().add("Location", path);
                exchange.getResponseHeaders().add("Range", "0-" + (blobs.get(id).length - 1));
                send(exchange, 202, "", new byte[0]);
            }
            default -> {
                String digest = query.substring(query.indexOf("digest=") + 7);
                blobs.put(digest, join(blobs.getOrDefault(id, new byte[0]), body));
                exchange.getResponseHeaders().add("Docker-Content-Digest", digest);
                exchange.getResponseHeaders().add("Location", path);
                send(exchange, 201, "", new byte[0]);
            }
        }
    }

    private static byte[] join(byte[] one, byte[] other) {
        byte[] both = java.util.Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private static void give(HttpExchange exchange, byte[] content, String type, String digest) throws IOException {
        if (content == null) {
            send(
                    exchange,
                    404,
                    "application/json",
                    "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\",\"message\":\"manifest unknown\"}]}"
                            .getBytes(StandardCharsets.UTF_8));
            return;
        }
        exchange.getResponseHeaders().add("Docker-Content-Digest", digest);
        send(exchange, 200, type, content);
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().add("Docker-Distribution-Api-Version", "registry/2.0");
        if (!type.isEmpty()) {
            exchange.getResponseHeaders().add("Content-Type", type);
        }
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().add("Content-Length", String.valueOf(body.length));
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
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
        server.stop(0);
        threads.shutdownNow();
    }
}
