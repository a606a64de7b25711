package dev.slipway.registry.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An object store that speaks enough of S3: checks signature and content hash, pages lists, joins parts, and fails on request. */
final class FakeS3 implements AutoCloseable {
    static final String BUCKET = "registry";
    private static final String SECRET = "a secret";
    private static final int PAGE = 3;
    private static final Pattern PART = Pattern.compile("<PartNumber>(\\d+)</PartNumber><ETag>([^<]*)</ETag>");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    record Stored(byte[] content, String needed) {}

    final ConcurrentSkipListMap<String, Stored> objects = new ConcurrentSkipListMap<>();
    final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger answers = new AtomicInteger(Integer.MAX_VALUE);
    final AtomicInteger parts = new AtomicInteger();
    private final Map<String, Map<Integer, byte[]>> uploads = new ConcurrentHashMap<>();
    private final Map<String, String> neededOfUploads = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    FakeS3() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    Bucket bucket() {
        return bucket(SECRET);
    }

    Bucket bucket(String secret) {
        URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new Bucket(endpoint, "here", BUCKET, "some where/", "me", secret);
    }

    /** After so many answers there is none but errors. */
    void failAfter(int more) {
        answers.set(more);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0 || answers.getAndDecrement() <= 0) {
                answer(exchange, 503, "<Error><Code>SlowDown</Code></Error>");
            } else if (!signed(exchange, body)) {
                answer(exchange, 403, "<Error><Code>SignatureDoesNotMatch</Code></Error>");
            } else {
                serve(exchange, body);
            }
        }
    }

    private boolean signed(HttpExchange exchange, byte[] body) {
        String hash = header(exchange, "x-amz-content-sha256");
        Matcher names = Pattern.compile("SignedHeaders=([^,]*)").matcher(header(exchange, "Authorization"));
        if (!hash.equals(Signature.sha256(body)) || !names.find()) {
            return false;
        }
        SortedMap<String, String> own = new TreeMap<>();
        for (String name : names.group(1).split(";")) {
            own.put(name, header(exchange, name));
        }
        Instant at = Instant.from(TIME.parse(header(exchange, "x-amz-date")));
        String expected = Signature.headers(
                        bucket(),
                        exchange.getRequestMethod(),
                        header(exchange, "host"),
                        exchange.getRequestURI().getRawPath(),
                        query(exchange),
                        own,
                        hash,
                        at)
                .get("Authorization");
        return expected.equals(header(exchange, "Authorization"));
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    private static SortedMap<String, String> query(HttpExchange exchange) {
        SortedMap<String, String> query = new TreeMap<>();
        String raw = exchange.getRequestURI().getRawQuery();
        for (String field : raw == null ? new String[0] : raw.split("&")) {
            String[] parts = field.split("=", 2);
            query.put(decode(parts[0]), decode(parts[1]));
        }
        return query;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private void serve(HttpExchange exchange, byte[] body) throws IOException {
        String path = decode(exchange.getRequestURI().getRawPath());
        String key = path.length() > BUCKET.length() + 1 ? path.substring(BUCKET.length() + 2) : "";
        SortedMap<String, String> query = query(exchange);
        switch (exchange.getRequestMethod()) {
            case "PUT" -> put(exchange, key, query, body);
            case "POST" -> post(exchange, key, query, body);
            case "DELETE" -> {
                (query.containsKey("uploadId") ? uploads : objects).remove(query.getOrDefault("uploadId", key));
                answer(exchange, 204, "");
            }
            default -> {
                if (key.isEmpty()) {
                    list(exchange, query);
                } else {
                    get(exchange, objects.get(key));
                }
            }
        }
    }

    private void put(HttpExchange exchange, String key, SortedMap<String, String> query, byte[] body)
            throws IOException {
        String source = header(exchange, "x-amz-copy-source");
        if (query.containsKey("partNumber")) {
            int number = Integer.parseInt(query.get("partNumber"));
            uploads.get(query.get("uploadId")).put(number, body);
            parts.incrementAndGet();
            exchange.getResponseHeaders().set("ETag", "\"part" + number + "\"");
        } else if (!source.isEmpty()) {
            Stored from = objects.get(decode(source).substring(BUCKET.length() + 2));
            if (from == null) {
                answer(exchange, 404, "<Error><Code>NoSuchKey</Code></Error>");
                return;
            }
            objects.put(key, new Stored(from.content(), header(exchange, "x-amz-meta-needed")));
        } else {
            objects.put(key, new Stored(body, header(exchange, "x-amz-meta-needed")));
        }
        answer(exchange, 200, "<Done/>");
    }

    private void post(HttpExchange exchange, String key, SortedMap<String, String> query, byte[] body)
            throws IOException {
        if (query.containsKey("uploads")) {
            String id = UUID.randomUUID().toString();
            uploads.put(id, new ConcurrentHashMap<>());
            neededOfUploads.put(id, header(exchange, "x-amz-meta-needed"));
            answer(exchange, 200, "<Result><UploadId>" + id + "</UploadId></Result>");
            return;
        }
        Map<Integer, byte[]> upload = uploads.remove(query.get("uploadId"));
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        Matcher part = PART.matcher(new String(body, StandardCharsets.UTF_8));
        while (part.find()) {
            if (!part.group(2).equals("&quot;part" + part.group(1) + "&quot;")) {
                answer(exchange, 200, "<Error><Code>InvalidPart</Code></Error>");
                return;
            }
            whole.writeBytes(upload.get(Integer.parseInt(part.group(1))));
        }
        objects.put(key, new Stored(whole.toByteArray(), neededOfUploads.get(query.get("uploadId"))));
        answer(exchange, 200, "<Result/>");
    }

    private void list(HttpExchange exchange, SortedMap<String, String> query) throws IOException {
        String after = query.getOrDefault("continuation-token", "");
        List<Map.Entry<String, Stored>> rest = objects.tailMap(after, false).entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(query.get("prefix")))
                .toList();
        StringBuilder page = new StringBuilder("<ListBucketResult>");
        rest.stream()
                .limit(PAGE)
                .forEach(entry -> page.append("<Contents><Key>")
                        .append(entry.getKey())
                        .append("</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified><Size>")
                        .append(entry.getValue().content().length)
                        .append("</Size></Contents>"));
        if (rest.size() > PAGE) {
            page.append("<NextContinuationToken>")
                    .append(rest.get(PAGE - 1).getKey())
                    .append("</NextContinuationToken>");
        }
        answer(exchange, 200, page.append("</ListBucketResult>").toString());
    }

    private static void get(HttpExchange exchange, Stored stored) throws IOException {
        if (stored == null) {
            answer(exchange, 404, "<Error><Code>NoSuchKey</Code></Error>");
            return;
        }
        byte[] content = stored.content();
        Matcher range = Pattern.compile("bytes=(\\d+)-(\\d+)").matcher(header(exchange, "Range"));
        boolean part = range.matches();
        if (part) {
            content =
                    Arrays.copyOfRange(content, Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2)) + 1);
        }
        exchange.getResponseHeaders().set("x-amz-meta-needed", stored.needed());
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (head) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(content.length));
        }
        exchange.sendResponseHeaders(part ? 206 : 200, head || content.length == 0 ? -1 : content.length);
        if (!head) {
            exchange.getResponseBody().write(content);
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        boolean none = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, none ? -1 : bytes.length);
        if (!none) {
            exchange.getResponseBody().write(bytes);
        }
    }
}
