package dev.slipway.registry.http;

import dev.slipway.registry.blob.BlobStat;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.ErrorCode;
import dev.slipway.registry.oci.RegistryException;
import dev.slipway.registry.repository.Registry;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** {@code /v2/<name>/blobs/<digest>}. */
final class BlobRoutes {
    private static final String OCTETS = "application/octet-stream";

    private final Registry registry;

    BlobRoutes(Registry registry) {
        this.registry = registry;
    }

    /** Answers a read without looking anything up; false if something has to be. Never blocks for long. */
    boolean answerKnown(Exchange exchange, RegistryPath.OfBlob path) {
        BlobStat stat = registry.knownBlob(path.repository(), path.digest());
        if (stat == null) {
            return false;
        }
        if (exchange.isHead()) {
            if (registry.promiseIsOld(stat)) {
                return false;
            }
            head(exchange, stat);
            return true;
        }
        byte[] content = stat.size() <= Registry.SMALL_BLOB ? registry.knownContent(path.digest()) : null;
        if (content == null || exchange.header("Range") != null) {
            return false;
        }
        if (!notModified(exchange, stat)) {
            exchange.answerBytes(200, OCTETS, content, response -> describe(response, stat));
        }
        return true;
    }

    void get(Exchange exchange, RegistryPath.OfBlob path) {
        BlobStat stat = registry.blob(path.repository(), path.digest()).orElseThrow(() -> unknown(path));
        if (notModified(exchange, stat)) {
            return;
        }
        String condition = exchange.header("If-Range");
        boolean partial =
                condition == null || Headers.matches(condition, stat.digest().toString());
        ByteRange range = ByteRange.parse(partial ? exchange.header("Range") : null, stat.size());
        if (!range.satisfiable()) {
            exchange.answerEmpty(416, response -> response.putHeader("Content-Range", "bytes */" + stat.size()));
        } else if (range.whole() && stat.size() <= Registry.SMALL_BLOB) {
            byte[] content = registry.smallContent(stat);
            exchange.answerBytes(200, OCTETS, content, response -> describe(response, stat));
        } else {
            send(exchange, stat, range);
        }
    }

    void head(Exchange exchange, RegistryPath.OfBlob path) {
        head(exchange, registry.promiseBlob(path.repository(), path.digest()).orElseThrow(() -> unknown(path)));
    }

    void delete(Exchange exchange, RegistryPath.OfBlob path) {
        if (!registry.deleteBlob(path.repository(), path.digest())) {
            throw unknown(path);
        }
        exchange.answerEmpty(202, response -> {});
    }

    private static void head(Exchange exchange, BlobStat stat) {
        if (notModified(exchange, stat)) {
            return;
        }
        exchange.answer(response -> {
            response.putHeader("Content-Type", OCTETS);
            response.putHeader("Content-Length", Long.toString(stat.size()));
            describe(response, stat);
            response.end();
        });
    }

    private void send(Exchange exchange, BlobStat stat, ByteRange range) {
        Consumer<HttpServerResponse> head = response -> {
            response.setStatusCode(range.whole() ? 200 : 206);
            response.putHeader("Content-Type", OCTETS);
            response.putHeader("Content-Length", Long.toString(range.length()));
            if (!range.whole()) {
                response.putHeader("Content-Range", range.contentRange(stat.size()));
            }
            describe(response, stat);
        };
        Optional<Path> file = registry.blobs().path(stat.digest());
        if (file.isEmpty()) {
            stream(exchange, stat, range, head);
            return;
        }
        exchange.answer(response -> {
            head.accept(response);
            response.sendFile(file.get().toString(), range.offset(), range.length())
                    .onFailure(failure -> exchange.hangUp());
        });
    }

    /** Passes on what a store without files gives, as fast as the client takes it. */
    private void stream(Exchange exchange, BlobStat stat, ByteRange range, Consumer<HttpServerResponse> head) {
        try (InputStream in = registry.blobs().open(stat.digest(), range.offset(), range.length())) {
            exchange.answerStream(head, in);
        } catch (IOException e) {
            throw new UncheckedIOException("the store or the client went away", e);
        }
    }

    private static boolean notModified(Exchange exchange, BlobStat stat) {
        if (!Headers.matches(exchange.header("If-None-Match"), stat.digest().toString())) {
            return false;
        }
        exchange.answerEmpty(304, response -> describe(response, stat));
        return true;
    }

    private static void describe(HttpServerResponse response, BlobStat stat) {
        Digest digest = stat.digest();
        response.putHeader(Headers.DOCKER_CONTENT_DIGEST, digest.toString());
        response.putHeader("ETag", Headers.entityTag(digest.toString()));
        response.putHeader("Accept-Ranges", "bytes");
        response.putHeader("Cache-Control", "private, max-age=31536000, immutable");
    }

    private static RegistryException unknown(RegistryPath.OfBlob path) {
        return new RegistryException(ErrorCode.BLOB_UNKNOWN, "no blob " + path.digest() + " in " + path.repository());
    }
}
