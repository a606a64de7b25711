package dev.slipway.registry.http;

import dev.slipway.registry.blob.UploadId;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.ErrorCode;
import dev.slipway.registry.oci.RegistryException;
import dev.slipway.registry.oci.RepositoryName;

/** Reads paths by hand: names contain slashes, and this is done for every request. */
final class PathParser {
    private static final String PREFIX = "/v2/";
    private static final int MAX_LENGTH = 1024;

    private PathParser() {}

    static RegistryPath parse(String path) {
        if (path.equals("/v2") || path.equals(PREFIX)) {
            return new RegistryPath.Base();
        }
        if (path.length() > MAX_LENGTH) {
            throw new RegistryException(
                    ErrorCode.NAME_INVALID, "the address has more than " + MAX_LENGTH + " characters");
        }
        if (!path.startsWith(PREFIX)) {
            throw notFound();
        }
        String rest = path.substring(PREFIX.length());
        if (rest.equals("token")) {
            return new RegistryPath.TokenIssue();
        }
        if (rest.equals("_catalog")) {
            return new RegistryPath.Catalog();
        }
        return inRepository(rest);
    }

    private static RegistryPath inRepository(String rest) {
        int last = rest.lastIndexOf('/');
        int before = last < 1 ? -1 : rest.lastIndexOf('/', last - 1);
        if (before < 1) {
            throw notFound();
        }
        String kind = rest.substring(before + 1, last);
        String end = rest.substring(last + 1);
        switch (kind) {
            case "manifests":
                return new RegistryPath.OfManifest(name(rest, before), decode(end));
            case "blobs":
                return end.equals("uploads")
                        ? new RegistryPath.OfUploads(name(rest, before))
                        : new RegistryPath.OfBlob(name(rest, before), Digest.parse(decode(end)));
            case "referrers":
                return new RegistryPath.OfReferrers(name(rest, before), Digest.parse(decode(end)));
            case "tags":
                if (end.equals("list")) {
                    return new RegistryPath.OfTags(name(rest, before));
                }
                throw notFound();
            case "uploads":
                return upload(rest, before, end);
            default:
                throw notFound();
        }
    }

    private static RegistryPath upload(String rest, int before, String end) {
        int blobs = rest.lastIndexOf('/', before - 1);
        if (blobs < 1 || !rest.substring(blobs + 1, before).equals("blobs")) {
            throw notFound();
        }
        return end.isEmpty()
                ? new RegistryPath.OfUploads(name(rest, blobs))
                : new RegistryPath.OfUpload(name(rest, blobs), UploadId.parse(decode(end)));
    }

    private static RepositoryName name(String rest, int end) {
        String raw = rest.substring(0, end);
        if (raw.indexOf('%') < 0) {
            return RepositoryName.parse(raw);
        }
        StringBuilder decoded = new StringBuilder();
        for (String component : raw.split("/", -1)) {
            String plain = decode(component);
            if (plain.indexOf('/') >= 0) {
                throw new RegistryException(ErrorCode.NAME_INVALID, "a repository name must not hold encoded slashes");
            }
            decoded.append(decoded.isEmpty() ? "" : "/").append(plain);
        }
        return RepositoryName.parse(decoded.toString());
    }

    /** Decodes once; what is not ASCII or not well-formed is refused, because no name, tag or digest holds it. */
    static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        StringBuilder decoded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '%') {
                decoded.append(c);
                continue;
            }
            int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
            if (high < 0 || low < 0 || high > 7) {
                throw new RegistryException(ErrorCode.NAME_INVALID, "the address holds a broken or foreign % code");
            }
            decoded.append((char) (high * 16 + low));
            i += 2;
        }
        return decoded.toString();
    }

    private static RegistryException notFound() {
        return new RegistryException(ErrorCode.NOT_FOUND, "see the OCI Distribution Specification for the addresses");
    }
}
