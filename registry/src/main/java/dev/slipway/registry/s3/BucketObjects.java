package dev.slipway.registry.s3;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Objects of one bucket by key: the few requests of S3 that a store needs, each one call (path style). */
final class BucketObjects {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofMinutes(30);
    private static final String NEEDED = "x-amz-meta-needed";
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int PARTIAL = 206;
    private static final int NOT_FOUND = 404;
    private static final int EXCERPT = 300;
    private static final String NOTHING = Signature.sha256("");

    /**
     * What is known of an object.
     *
     * @param needed when it was last needed; in a list, when it was last written, which is about the same
     */
    record Stat(String key, long size, Instant needed) {}

    private final Bucket bucket;
    private final InstantSource clock;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    BucketObjects(Bucket bucket, InstantSource clock) {
        this.bucket = bucket;
        this.clock = clock;
    }

    Optional<Stat> stat(String key) throws IOException {
        HttpResponse<Void> answer =
                send("HEAD", key, query(), Map.of(), BodyPublishers.noBody(), NOTHING, BodyHandlers.discarding());
        if (answer.statusCode() == NOT_FOUND) {
            return Optional.empty();
        }
        expect(answer, "HEAD", key, OK);
        return Optional.of(new Stat(
                key,
                answer.headers().firstValueAsLong("Content-Length").orElse(0),
                answer.headers().firstValue(NEEDED).map(Instant::parse).orElse(Instant.EPOCH)));
    }

    /** The bytes from one to another, both included; empty if there is no such object. */
    Optional<InputStream> open(String key, Optional<String> range) throws IOException {
        Map<String, String> headers = range.map(value -> Map.of("range", value)).orElse(Map.of());
        HttpResponse<InputStream> answer =
                send("GET", key, query(), headers, BodyPublishers.noBody(), NOTHING, BodyHandlers.ofInputStream());
        if (answer.statusCode() == OK || answer.statusCode() == PARTIAL) {
            return Optional.of(answer.body());
        }
        try (InputStream body = answer.body()) {
            if (answer.statusCode() == NOT_FOUND) {
                return Optional.empty();
            }
            throw failure(
                    "GET", key, answer.statusCode(), new String(body.readNBytes(EXCERPT), StandardCharsets.UTF_8));
        }
    }

    /** Puts a file whose SHA-256 is known; the service refuses other content. */
    void put(String key, Path file, String sha256, Instant needed) throws IOException {
        HttpResponse<String> answer = send(
                "PUT",
                key,
                query(),
                Map.of(NEEDED, needed.toString()),
                BodyPublishers.ofFile(file),
                sha256,
                BodyHandlers.ofString());
        expect(answer, "PUT", key, OK);
    }

    /** Puts small content. */
    void put(String key, byte[] content, Instant needed) throws IOException {
        HttpResponse<String> answer = send(
                "PUT",
                key,
                query(),
                Map.of(NEEDED, needed.toString()),
                content.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(content),
                Signature.sha256(content),
                BodyHandlers.ofString());
        expect(answer, "PUT", key, OK);
    }

    /** Puts an object in parts, for what is larger than one request may be. */
    void putParts(String key, Iterable<Part> parts, Instant needed) throws IOException {
        String begun = text("POST", key, query("uploads", ""), Map.of(NEEDED, needed.toString()), new byte[0]);
        String id = Xml.first(begun, "UploadId")
                .orElseThrow(() -> failure("POST", key, OK, "no UploadId in " + excerpt(begun)));
        try {
            StringBuilder list = new StringBuilder("<CompleteMultipartUpload>");
            for (Part part : parts) {
                SortedMap<String, String> query = query("partNumber", Integer.toString(part.number()));
                query.put("uploadId", id);
                HttpResponse<String> answer = send(
                        "PUT",
                        key,
                        query,
                        Map.of(),
                        BodyPublishers.ofByteArray(part.content()),
                        Signature.sha256(part.content()),
                        BodyHandlers.ofString());
                expect(answer, "PUT", key, OK);
                list.append("<Part><PartNumber>")
                        .append(part.number())
                        .append("</PartNumber><ETag>")
                        .append(answer.headers().firstValue("ETag").orElse("").replace("\"", "&quot;"))
                        .append("</ETag></Part>");
            }
            String ended = text(
                    "POST",
                    key,
                    query("uploadId", id),
                    Map.of(),
                    list.append("</CompleteMultipartUpload>").toString().getBytes(StandardCharsets.UTF_8));
            if (Xml.first(ended, "Code").isPresent()) { // this request fails with status 200 and an error in its body
                throw failure("POST", key, OK, excerpt(ended));
            }
        } catch (IOException e) {
            send(
                    "DELETE",
                    key,
                    query("uploadId", id),
                    Map.of(),
                    BodyPublishers.noBody(),
                    NOTHING,
                    BodyHandlers.discarding());
            throw e;
        }
    }

    /**
     * A part of an object.
     *
     * @param number from 1
     */
    record Part(int number, byte[] content) {}

    /** Copies an object onto itself, which renews its time; false if it is not there. */
    boolean renew(String key, Instant needed) throws IOException {
        return copy(key, key, needed);
    }

    /** Copies an object; false if it is not there. */
    boolean copy(String from, String to, Instant needed) throws IOException {
        Map<String, String> headers = Map.of(
                "x-amz-copy-source",
                "/" + bucket.name() + "/" + Signature.encoded(bucket.prefix() + from, true),
                "x-amz-metadata-directive",
                "REPLACE",
                NEEDED,
                needed.toString());
        HttpResponse<String> answer =
                send("PUT", to, query(), headers, BodyPublishers.noBody(), NOTHING, BodyHandlers.ofString());
        if (answer.statusCode() == NOT_FOUND) {
            return false;
        }
        expect(answer, "PUT", to, OK);
        return true;
    }

    void delete(String key) throws IOException {
        HttpResponse<String> answer =
                send("DELETE", key, query(), Map.of(), BodyPublishers.noBody(), NOTHING, BodyHandlers.ofString());
        if (answer.statusCode() != OK && answer.statusCode() != NOT_FOUND) {
            expect(answer, "DELETE", key, NO_CONTENT);
        }
    }

    /** Visits all objects below a prefix, a page at a time. */
    void list(String prefix, Consumer<Stat> visitor) throws IOException {
        Optional<String> next = Optional.empty();
        do {
            SortedMap<String, String> query = query("list-type", "2");
            query.put("prefix", bucket.prefix() + prefix);
            next.ifPresent(token -> query.put("continuation-token", token));
            String page = text("GET", "", query, Map.of(), new byte[0]);
            for (String entry : Xml.all(page, "Contents")) {
                visitor.accept(new Stat(
                        Xml.first(entry, "Key")
                                .orElse("")
                                .substring(bucket.prefix().length()),
                        Long.parseLong(Xml.first(entry, "Size").orElse("0")),
                        Instant.parse(Xml.first(entry, "LastModified").orElse(Instant.EPOCH.toString()))));
            }
            next = Xml.first(page, "NextContinuationToken");
        } while (next.isPresent());
    }

    private String text(
            String method, String key, SortedMap<String, String> query, Map<String, String> headers, byte[] body)
            throws IOException {
        BodyPublisher publisher = body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
        HttpResponse<String> answer =
                send(method, key, query, headers, publisher, Signature.sha256(body), BodyHandlers.ofString());
        expect(answer, method, key, OK);
        return answer.body();
    }

    private <T> HttpResponse<T> send(
            String method,
            String key,
            SortedMap<String, String> query,
            Map<String, String> headers,
            BodyPublisher body,
            String contentHash,
            HttpResponse.BodyHandler<T> handler)
            throws IOException {
        String path = "/" + bucket.name() + (key.isEmpty() ? "" : "/" + Signature.encoded(bucket.prefix() + key, true));
        String queryText = query.isEmpty() ? "" : "?" + Signature.encoded(query);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base() + path + queryText))
                .timeout(ANSWER)
                .method(method, body);
        Signature.headers(bucket, method, host(), path, query, new HashMap<>(headers), contentHash, clock.instant())
                .forEach(request::header);
        try {
            return http.send(request.build(), handler);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted during " + method + " " + key, e);
        }
    }

    private String base() {
        return bucket.endpoint().getScheme() + "://" + host();
    }

    private String host() {
        int port = bucket.endpoint().getPort();
        return bucket.endpoint().getHost() + (port < 0 ? "" : ":" + port);
    }

    private static SortedMap<String, String> query() {
        return new TreeMap<>();
    }

    private static SortedMap<String, String> query(String name, String value) {
        SortedMap<String, String> query = query();
        query.put(name, value);
        return query;
    }

    private void expect(HttpResponse<?> answer, String method, String key, int status) throws IOException {
        if (answer.statusCode() != status) {
            throw failure(method, key, answer.statusCode(), excerpt(String.valueOf(answer.body())));
        }
    }

    private IOException failure(String method, String key, int status, String body) {
        return new IOException(method + " of " + key + " in " + bucket + " gave status " + status + ": " + body);
    }

    private static String excerpt(String body) {
        return body.substring(0, Math.min(body.length(), EXCERPT));
    }

    /** The elements of S3's answers, which never nest within themselves. */
    private static final class Xml {
        private Xml() {}

        static List<String> all(String document, String element) {
            List<String> found = new ArrayList<>();
            String open = "<" + element + ">";
            String close = "</" + element + ">";
            for (int at = document.indexOf(open); at >= 0; at = document.indexOf(open, at)) {
                int end = document.indexOf(close, at);
                if (end < 0) {
                    break;
                }
                found.add(document.substring(at + open.length(), end)
                        .replace("&quot;", "\"")
                        .replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&amp;", "&"));
                at = end;
            }
            return found;
        }

        static Optional<String> first(String document, String element) {
            return all(document, element).stream().findFirst();
        }
    }
}
