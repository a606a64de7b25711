package dev.slipway.registry.http;

import dev.slipway.registry.blob.UploadId;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.ErrorCode;
import dev.slipway.registry.oci.Reference;
import dev.slipway.registry.oci.RegistryException;
import dev.slipway.registry.oci.RepositoryName;

/** What an address of the API names (OCI Distribution Specification 1.1, section "Endpoints"). */
sealed interface RegistryPath {
    /** {@code /v2/}: is this a registry, and am I signed in? */
    record Base() implements RegistryPath {}

    /** {@code /v2/token}: tokens are issued here. */
    record TokenIssue() implements RegistryPath {}

    /** {@code /v2/_catalog}: all repositories. */
    record Catalog() implements RegistryPath {}

    /** An address inside a repository. */
    sealed interface InRepository extends RegistryPath {
        /** The repository. */
        RepositoryName repository();
    }

    /** {@code /v2/<name>/manifests/<reference>}; the reference is understood by who needs it. */
    record OfManifest(RepositoryName repository, String text) implements InRepository {
        /** The tag or digest. */
        Reference reference() {
            return Reference.parse(text);
        }
    }

    /** {@code /v2/<name>/blobs/<digest>}. */
    record OfBlob(RepositoryName repository, Digest digest) implements InRepository {}

    /** {@code /v2/<name>/blobs/uploads/}. */
    record OfUploads(RepositoryName repository) implements InRepository {}

    /** {@code /v2/<name>/blobs/uploads/<id>}. */
    record OfUpload(RepositoryName repository, UploadId id) implements InRepository {}

    /** {@code /v2/<name>/tags/list}. */
    record OfTags(RepositoryName repository) implements InRepository {}

    /** {@code /v2/<name>/referrers/<digest>}. */
    record OfReferrers(RepositoryName repository, Digest subject) implements InRepository {}

    /**
     * Reads the path of a request as it came, percent-encoded. The words that end a name are looked for from the end,
     * because a name may contain them too. Encoded slashes never separate.
     *
     * @throws RegistryException {@link ErrorCode#NOT_FOUND}, {@link ErrorCode#NAME_INVALID} or the error of the last
     *     part
     */
    static RegistryPath parse(String path) {
        return PathParser.parse(path);
    }
}
