package dev.slipway.registry.http;

import dev.slipway.registry.access.Action;
import dev.slipway.registry.access.Authentication;
import dev.slipway.registry.blob.BlobUpload;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.ErrorCode;
import dev.slipway.registry.oci.RegistryException;
import dev.slipway.registry.oci.RepositoryName;
import dev.slipway.registry.repository.Registry;
import io.vertx.core.http.HttpServerResponse;
import java.io.InputStream;
import java.util.Optional;

/** {@code /v2/<name>/blobs/uploads/} and the uploads begun there: every form of pushing a blob. */
final class UploadRoutes {
    private final Registry registry;
    private final Authentication authentication;
    private final UploadLimit limit = new UploadLimit();

    UploadRoutes(Registry registry, Authentication authentication) {
        this.registry = registry;
        this.authentication = authentication;
    }

    /** Mounts, takes the blob in one request, or begins an upload. */
    void post(Exchange exchange, RegistryPath.OfUploads path) {
        RepositoryName name = path.repository();
        String mount = exchange.query("mount");
        if (mount != null && mounted(exchange, name, Digest.parse(mount))) {
            created(exchange, name, Digest.parse(mount));
            return;
        }
        String digest = exchange.query("digest");
        if (digest == null || mount != null) {
            BlobUpload upload = registry.blobs().newUpload(name);
            exchange.answerEmpty(202, response -> progress(response, upload));
            return;
        }
        Digest promised = Digest.parse(digest);
        BlobUpload upload = registry.blobs().newUpload(name);
        try {
            receive(exchange, upload, Optional.of(promised));
            finish(exchange, upload, promised);
        } finally {
            upload.cancel();
        }
    }

    /**
     * Without a source, what the repository has or the caller's token lets them pull is mounted: anything else would tell
     * what others have.
     */
    private boolean mounted(Exchange exchange, RepositoryName name, Digest digest) {
        String from = exchange.query("from");
        if (from == null) {
            return registry.promiseBlob(name, digest).isPresent()
                    || Authentication.pullable(exchange.caller()).stream()
                            .anyMatch(source -> registry.mountBlob(source, name, digest));
        }
        RepositoryName source = RepositoryName.parse(from);
        return authentication.allows(exchange.caller(), source, Action.PULL)
                && registry.mountBlob(source, name, digest);
    }

    void status(Exchange exchange, RegistryPath.OfUpload path) {
        BlobUpload upload = upload(path);
        exchange.answerEmpty(204, response -> progress(response, upload));
    }

    void patch(Exchange exchange, RegistryPath.OfUpload path) {
        BlobUpload upload = upload(path);
        try {
            receive(exchange, upload, Optional.empty());
            exchange.answerEmpty(202, response -> progress(response, upload));
        } catch (RegistryException e) {
            outOfStep(exchange, upload, e);
        }
    }

    void put(Exchange exchange, RegistryPath.OfUpload path) {
        String digest = exchange.query("digest");
        if (digest == null) {
            throw new RegistryException(ErrorCode.DIGEST_INVALID, "the last request of an upload names its digest");
        }
        Digest promised = Digest.parse(digest);
        BlobUpload upload = upload(path);
        try {
            receive(exchange, upload, Optional.of(promised));
            finish(exchange, upload, promised);
        } catch (RegistryException e) {
            outOfStep(exchange, upload, e);
        }
    }

    void cancel(Exchange exchange, RegistryPath.OfUpload path) {
        upload(path).cancel();
        exchange.answerEmpty(204, response -> {});
    }

    private BlobUpload upload(RegistryPath.OfUpload path) {
        return registry.blobs()
                .upload(path.repository(), path.id())
                .orElseThrow(() -> new RegistryException(
                        ErrorCode.BLOB_UPLOAD_UNKNOWN, "no upload " + path.id() + " in " + path.repository()));
    }

    private void receive(Exchange exchange, BlobUpload upload, Optional<Digest> promised) {
        String declared = exchange.header("Content-Length");
        long length = declared == null ? -1 : ByteRange.number(declared);
        String header = exchange.header("Content-Range");
        long offset = upload.size();
        if (header != null) {
            ChunkRange range = ChunkRange.parse(header);
            if (length >= 0 && length != range.length()) {
                throw new RegistryException(
                        ErrorCode.SIZE_INVALID,
                        "Content-Range spans " + range.length() + " bytes, Content-Length says " + length);
            }
            offset = range.first();
        }
        RepositoryName name = upload.repository();
        if (length > 0) {
            registry.requireRoom(name, promised, offset + length);
        }
        String caller = exchange.caller().principal().subject();
        limit.enter(caller, exchange.limits().uploadsPerCaller());
        try {
            InputStream body =
                    length >= 0 ? exchange.body() : new RoomStream(exchange.body(), registry, name, promised, offset);
            long received = upload.append(offset, body) - offset;
            if (header != null && received != ChunkRange.parse(header).length()) {
                throw new RegistryException(
                        ErrorCode.SIZE_INVALID, "received " + received + " bytes of a chunk that spans " + header);
            }
        } finally {
            limit.leave(caller);
        }
    }

    private void finish(Exchange exchange, BlobUpload upload, Digest promised) {
        upload.commit(promised);
        registry.linkBlob(upload.repository(), promised);
        created(exchange, upload.repository(), promised);
    }

    private static void created(Exchange exchange, RepositoryName name, Digest digest) {
        exchange.answerEmpty(201, response -> {
            response.putHeader("Location", "/v2/" + name + "/blobs/" + digest);
            response.putHeader(Headers.DOCKER_CONTENT_DIGEST, digest.toString());
        });
    }

    /** A chunk that does not fit is refused with word of where the upload really is (status 416). */
    private static void outOfStep(Exchange exchange, BlobUpload upload, RegistryException refused) {
        if (refused.code() == ErrorCode.RANGE_INVALID) {
            exchange.answerEmpty(refused.code().status(), response -> progress(response, upload));
            return;
        }
        throw refused;
    }

    private static void progress(HttpServerResponse response, BlobUpload upload) {
        response.putHeader("Location", "/v2/" + upload.repository() + "/blobs/uploads/" + upload.id());
        response.putHeader("Range", "0-" + Math.max(0, upload.size() - 1));
        response.putHeader(Headers.DOCKER_UPLOAD_UUID, upload.id().toString());
    }
}
