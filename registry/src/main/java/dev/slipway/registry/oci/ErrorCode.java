package dev.slipway.registry.oci;

/** The one table of errors a registry client can see (OCI Distribution Specification 1.1, section "Error Codes"). */
public enum ErrorCode {
    BLOB_UNKNOWN(404, "blob unknown to registry"),
    BLOB_UPLOAD_INVALID(400, "blob upload invalid"),
    BLOB_UPLOAD_UNKNOWN(404, "blob upload unknown to registry"),
    DIGEST_INVALID(400, "provided digest did not match uploaded content"),
    MANIFEST_BLOB_UNKNOWN(404, "manifest references a manifest or blob unknown to the repository"),
    MANIFEST_INVALID(400, "manifest invalid"),
    MANIFEST_TOO_LARGE(413, "MANIFEST_INVALID", "manifest is larger than the registry accepts"),
    MANIFEST_UNKNOWN(404, "manifest unknown to the repository"),
    NAME_INVALID(400, "invalid repository name"),
    NAME_UNKNOWN(404, "repository name not known to registry"),
    SIZE_INVALID(400, "provided length did not match content length"),
    UNAUTHORIZED(401, "authentication required"),
    INSUFFICIENT_SCOPE(401, "DENIED", "requested access to the resource is denied"),
    DENIED(403, "requested access to the resource is denied"),
    QUOTA_EXCEEDED(403, "DENIED", "the quota of registry bytes is used up"),
    UNSUPPORTED(405, "the operation is unsupported"),
    TOOMANYREQUESTS(429, "too many requests"),
    TAG_INVALID(400, "MANIFEST_INVALID", "invalid tag"),
    RANGE_INVALID(416, "BLOB_UPLOAD_INVALID", "the chunk does not continue the upload"),
    BLOB_TOO_LARGE(413, "SIZE_INVALID", "blob is larger than the registry accepts"),
    PAGINATION_INVALID(400, "UNSUPPORTED", "the page size must be a whole number, zero or more"),
    NOT_FOUND(404, "UNSUPPORTED", "no such address in this API"),
    UPSTREAM_FAILED(502, "UNSUPPORTED", "the registry behind this mirror did not answer as it should"),
    STORAGE_FULL(507, "BLOB_UPLOAD_INVALID", "the registry has no room left"),
    UNAVAILABLE(503, "UNSUPPORTED", "the registry cannot read or write its store"),
    INTERNAL(500, "UNSUPPORTED", "the registry failed to answer");

    private final int status;
    private final String code;
    private final String message;

    ErrorCode(int status, String message) {
        this.status = status;
        this.code = name();
        this.message = message;
    }

    ErrorCode(int status, String code, String message) {
        this.status = status;
        this.code = code;
        this.message = message;
    }

    /** The HTTP status that goes with this error. */
    public int status() {
        return status;
    }

    /** The word of the specification that clients match on; finer rows of this table share one. */
    public String code() {
        return code;
    }

    /** A sentence for people, the same for each occurrence. */
    public String message() {
        return message;
    }
}
