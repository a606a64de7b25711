package dev.slipway.registry.http;

import dev.slipway.registry.collect.Retention;
import dev.slipway.registry.oci.Descriptor;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.ErrorCode;
import dev.slipway.registry.oci.Manifest;
import dev.slipway.registry.oci.MediaType;
import dev.slipway.registry.oci.Reference;
import dev.slipway.registry.oci.RegistryException;
import dev.slipway.registry.repository.Registry;
import dev.slipway.registry.repository.StoredManifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** {@code /v2/<name>/manifests/<reference>}. */
final class ManifestRoutes {
    private final Registry registry;
    private final Retention retention;

    ManifestRoutes(Registry registry, Retention retention) {
        this.registry = registry;
        this.retention = retention;
    }

    /** Answers a read from memory; false if it has to be looked up. Never blocks. */
    boolean answerKnown(Exchange exchange, RegistryPath.OfManifest path) {
        StoredManifest known = registry.knownManifest(path.repository(), wanted(path));
        if (known == null) {
            return false;
        }
        answer(exchange, known);
        return true;
    }

    void get(Exchange exchange, RegistryPath.OfManifest path) {
        answer(exchange, registry.getManifest(path.repository(), wanted(path)).orElseThrow(() -> unknown(path)));
    }

    void put(Exchange exchange, RegistryPath.OfManifest path) {
        Reference reference = path.reference();
        String contentType = exchange.header("Content-Type");
        if (contentType == null) {
            throw new RegistryException(ErrorCode.MANIFEST_INVALID, "Content-Type must say the manifest's media type");
        }
        byte[] content = read(exchange);
        MediaType mediaType = MediaType.parse(contentType);
        registry.requireRoom(path.repository(), Optional.empty(), content.length);
        String by = exchange.caller().principal().subject();
        Digest digest = registry.putManifest(path.repository(), reference, mediaType, content, by);
        Optional<String> warning = registry.warning(path.repository());
        Optional<Digest> subject = Manifest.parse(mediaType, content).subject().map(Descriptor::digest);
        exchange.answerEmpty(201, response -> {
            response.putHeader("Location", "/v2/" + path.repository() + "/manifests/" + digest);
            response.putHeader(Headers.DOCKER_CONTENT_DIGEST, digest.toString());
            warning.ifPresent(text -> response.putHeader(Headers.WARNING, Headers.warning(text)));
            subject.ifPresent(value -> response.putHeader(Headers.OCI_SUBJECT, value.toString()));
        });
    }

    void delete(Exchange exchange, RegistryPath.OfManifest path) {
        Reference wanted = wanted(path);
        if (wanted instanceof Digest digest
                && retention.needed(path.repository()).contains(digest)) {
            throw new RegistryException(
                    ErrorCode.DENIED, digest + " is what a release is made of; it stays as long as that does");
        }
        if (!registry.deleteManifest(path.repository(), wanted)) {
            throw unknown(path);
        }
        exchange.answerEmpty(202, response -> {});
    }

    private static void answer(Exchange exchange, StoredManifest manifest) {
        String digest = manifest.digest().toString();
        if (Headers.matches(exchange.header("If-None-Match"), digest)) {
            exchange.answerEmpty(304, response -> {
                response.putHeader(Headers.DOCKER_CONTENT_DIGEST, digest);
                response.putHeader("ETag", Headers.entityTag(digest));
            });
            return;
        }
        exchange.answerBytes(200, manifest.mediaType().value(), manifest.content(), response -> {
            response.putHeader(Headers.DOCKER_CONTENT_DIGEST, digest);
            response.putHeader("ETag", Headers.entityTag(digest));
        });
    }

    private static byte[] read(Exchange exchange) {
        String declared = exchange.header("Content-Length");
        if (declared != null && ByteRange.number(declared) > Manifest.MAX_BYTES) {
            throw tooLarge();
        }
        try {
            byte[] content = exchange.body().readNBytes(Manifest.MAX_BYTES + 1);
            if (content.length > Manifest.MAX_BYTES) {
                throw tooLarge();
            }
            return content;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RegistryException tooLarge() {
        return new RegistryException(ErrorCode.MANIFEST_TOO_LARGE, "the limit is " + Manifest.MAX_BYTES + " bytes");
    }

    /** What a read or deletion asks for; what cannot be a tag is a tag that is not here. */
    private static Reference wanted(RegistryPath.OfManifest path) {
        try {
            return path.reference();
        } catch (RegistryException e) {
            throw e.code() == ErrorCode.TAG_INVALID ? unknown(path) : e;
        }
    }

    private static RegistryException unknown(RegistryPath.OfManifest path) {
        return new RegistryException(ErrorCode.MANIFEST_UNKNOWN, "no such tag or digest in " + path.repository());
    }
}
