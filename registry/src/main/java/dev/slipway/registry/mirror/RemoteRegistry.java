package dev.slipway.registry.mirror;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.slipway.registry.access.BasicCredentials;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.Manifest;
import dev.slipway.registry.oci.MediaType;
import dev.slipway.registry.oci.Reference;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Speaks to another registry as its clients do: challenges, tokens, redirects, uploads in pieces. */
public final class RemoteRegistry {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final Duration TOKEN_KEPT = Duration.ofMinutes(1);
    private static final int MAX_TOKENS = 1000;
    private static final int MAX_REDIRECTS = 5;
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int ACCEPTED = 202;
    private static final int NO_CONTENT = 204;
    private static final int PARTIAL = 206;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ACCEPT = String.join(
            ", ",
            MediaType.OCI_INDEX.value(),
            MediaType.OCI_MANIFEST.value(),
            MediaType.DOCKER_LIST.value(),
            MediaType.DOCKER_MANIFEST.value());

    /** A manifest as the other registry gave it. */
    record Fetched(MediaType mediaType, byte[] content) {}

    private final Upstream upstream;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final Cache<String, String> tokens = Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumSize(MAX_TOKENS)
            .expireAfterWrite(TOKEN_KEPT)
            .build();

    /** The other registry. */
    public RemoteRegistry(Upstream upstream) {
        this.upstream = upstream;
    }

    /** What a tag stands for there, by a request that costs no pull; empty if it does not exist or is not told. */
    public Optional<Digest> resolve(String repository, Reference reference) throws IOException {
        HttpResponse<InputStream> answer = send(Ask.of("HEAD", manifestPath(repository, reference)));
        try (InputStream body = answer.body()) {
            if (answer.statusCode() == NOT_FOUND) {
                return Optional.empty();
            }
            expect(answer, OK, repository + ":" + reference);
            return answer.headers().firstValue("Docker-Content-Digest").map(Digest::parse);
        }
    }

    /** A manifest; empty if it does not exist there. */
    Optional<Fetched> manifest(String repository, Reference reference) throws IOException {
        HttpResponse<InputStream> answer = send(Ask.of("GET", manifestPath(repository, reference)));
        try (InputStream body = answer.body()) {
            if (answer.statusCode() == NOT_FOUND) {
                return Optional.empty();
            }
            expect(answer, OK, repository + ":" + reference);
            byte[] content = body.readNBytes(Manifest.MAX_BYTES + 1);
            String type = answer.headers().firstValue("Content-Type").orElse("");
            return Optional.of(new Fetched(MediaType.parse(type), content));
        }
    }

    /**
     * A blob from a byte on; empty if it does not exist there.
     *
     * @param offset bytes that are here already
     */
    Optional<InputStream> blob(String repository, Digest digest, long offset) throws IOException {
        Ask ask = Ask.of("GET", "/v2/" + repository + "/blobs/" + digest);
        HttpResponse<InputStream> answer =
                send(offset == 0 ? ask : ask.with(new byte[0], "Range", "bytes=" + offset + "-"));
        if (answer.statusCode() == NOT_FOUND) {
            answer.body().close();
            return Optional.empty();
        }
        try {
            expect(answer, offset == 0 ? OK : PARTIAL, repository + "@" + digest);
            return Optional.of(answer.body());
        } catch (IOException e) {
            answer.body().close();
            throw e;
        }
    }

    /** True if a blob is there. */
    public boolean hasBlob(String repository, Digest digest) throws IOException {
        HttpResponse<InputStream> answer = send(Ask.of("HEAD", "/v2/" + repository + "/blobs/" + digest));
        answer.body().close();
        if (answer.statusCode() != NOT_FOUND) {
            expect(answer, OK, repository + "@" + digest);
        }
        return answer.statusCode() == OK;
    }

    /**
     * An upload that was begun there.
     *
     * @param location where it goes on
     * @param offset bytes that are there
     */
    public record Upload(String location, long offset) {}

    /** Begins an upload. */
    public Upload beginUpload(String repository) throws IOException {
        HttpResponse<InputStream> answer = send(Ask.of("POST", "/v2/" + repository + "/blobs/uploads/"));
        answer.body().close();
        expect(answer, ACCEPTED, "an upload into " + repository);
        return new Upload(location(answer), 0);
    }

    /** Adds a piece; after a failure it asks how much arrived, and goes on from there. */
    public Upload append(String repository, Upload upload, byte[] piece) throws IOException {
        long end = upload.offset() + piece.length;
        Ask ask = new Ask("PATCH", upload.location(), repository)
                .with(
                        piece,
                        "Content-Type",
                        "application/octet-stream",
                        "Content-Range",
                        upload.offset() + "-" + (end - 1));
        try {
            HttpResponse<InputStream> answer = send(ask);
            answer.body().close();
            expect(answer, ACCEPTED, "a piece of an upload into " + repository);
            return new Upload(location(answer), end);
        } catch (IOException e) {
            HttpResponse<InputStream> status = send(new Ask("GET", upload.location(), repository));
            status.body().close();
            expect(status, NO_CONTENT, "the state of an upload into " + repository);
            long there = received(status.headers().firstValue("Range").orElse(""));
            if (there < upload.offset() || there > end) {
                throw e;
            }
            return new Upload(location(status), there);
        }
    }

    /** How many bytes a Range of an upload tells; {@code 0-0} of one that has nothing is taken for nothing. */
    private static long received(String range) {
        String last = range.substring(range.indexOf('-') + 1);
        return last.matches("[1-9][0-9]{0,17}") ? Long.parseLong(last) + 1 : 0;
    }

    /** Ends an upload. */
    public void commit(String repository, Upload upload, Digest digest) throws IOException {
        String sign = upload.location().indexOf('?') < 0 ? "?" : "&";
        HttpResponse<InputStream> answer =
                send(new Ask("PUT", upload.location() + sign + "digest=" + digest, repository));
        answer.body().close();
        expect(answer, CREATED, "to take " + digest + " into " + repository);
    }

    /** Puts a manifest whose parts are there. */
    public void putManifest(String repository, Reference reference, MediaType mediaType, byte[] content)
            throws IOException {
        HttpResponse<InputStream> answer = send(new Ask("PUT", manifestPath(repository, reference), repository)
                .with(content, "Content-Type", mediaType.value()));
        answer.body().close();
        expect(answer, CREATED, "to take manifest " + repository + ":" + reference);
    }

    private static String location(HttpResponse<?> answer) throws IOException {
        return answer.headers()
                .firstValue("Location")
                .orElseThrow(() -> new IOException("an answer lacks the Location of the upload"));
    }

    private static String manifestPath(String repository, Reference reference) {
        return "/v2/" + repository + "/manifests/" + reference;
    }

    /** A request before anybody knows with which token it goes; what goes by the same token has the same key. */
    private record Ask(String method, String path, String key, byte[] body, List<String> headers) {
        Ask(String method, String path, String repository) {
            this(method, path, "push " + repository, new byte[0], List.of());
        }

        static Ask of(String method, String path) {
            String key = path.substring(0, path.lastIndexOf('/'));
            return new Ask(method, path, method.equals("POST") ? "push " + key : key, new byte[0], List.of());
        }

        Ask with(byte[] content, String... more) {
            return new Ask(method, path, key, content, List.of(more));
        }
    }

    private HttpResponse<InputStream> send(Ask ask) throws IOException {
        URI address = upstream.address().resolve(ask.path());
        HttpResponse<InputStream> answer = once(ask, address, tokens.getIfPresent(ask.key()));
        if (answer.statusCode() == UNAUTHORIZED) {
            answer.body().close();
            String authorization = authorization(
                    answer.headers().firstValue("WWW-Authenticate").orElse(""));
            tokens.put(ask.key(), authorization);
            answer = once(ask, address, authorization);
        }
        for (int hop = 0; answer.statusCode() / 100 == 3 && hop < MAX_REDIRECTS; hop++) {
            answer.body().close();
            address = address.resolve(answer.headers().firstValue("Location").orElse(""));
            answer = once(ask, address, null); // elsewhere our token is nobody's business
        }
        return answer;
    }

    private HttpResponse<InputStream> once(Ask ask, URI address, @Nullable String authorization) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(ANSWER)
                .header("Accept", ACCEPT + ", */*")
                .method(
                        ask.method(),
                        ask.body().length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(ask.body()));
        if (!ask.headers().isEmpty()) {
            request.headers(ask.headers().toArray(String[]::new));
        }
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking " + upstream.name(), e);
        }
    }

    /** What a challenge wants: a token from where it says, or the credentials themselves. */
    private String authorization(String header) throws IOException {
        Optional<Challenge> challenge = Challenge.parse(header);
        Optional<String> basic = upstream.credentials().map(RemoteRegistry::basic);
        if (challenge.isEmpty()) {
            return basic.orElseThrow(() -> new IOException(upstream.name() + " wants credentials and none are set"));
        }
        URI address = challenge.get().address();
        boolean secret = upstream.address().getScheme().equals("https") && !"https".equals(address.getScheme());
        if (secret) {
            throw new IOException(upstream.name() + " sends clients for tokens to an address without TLS: " + address);
        }
        HttpResponse<InputStream> answer = once(Ask.of("GET", "/"), address, basic.orElse(null));
        try (InputStream body = answer.body()) {
            expect(answer, OK, "a token");
            JsonNode json = JSON.readTree(body);
            String token = json.path("token").asText(json.path("access_token").asText(""));
            if (token.isEmpty()) {
                throw new IOException(upstream.name() + " gave an answer without a token");
            }
            return "Bearer " + token;
        }
    }

    private static String basic(BasicCredentials credentials) {
        String text = credentials.username() + ":" + credentials.password();
        return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private void expect(HttpResponse<?> answer, int status, String subject) throws IOException {
        if (answer.statusCode() != status) {
            throw new IOException(
                    upstream.name() + " answered status " + answer.statusCode() + " when asked for " + subject);
        }
    }
}
