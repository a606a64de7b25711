package dev.slipway.registry.oci;

/**
 * The full address of an image, such as {@code 127.0.0.1:8080/acme/shop@sha256:…}.
 *
 * @param host the registry's host, with its port if it has one
 * @param repository the repository in it
 * @param reference the tag or digest
 */
public record ImageReference(String host, RepositoryName repository, Reference reference) {

    /** Checks that the host is one. */
    public ImageReference {
        if (host.isEmpty() || host.indexOf('/') >= 0 || host.indexOf('@') >= 0) {
            throw new RegistryException(ErrorCode.NAME_INVALID, Excerpt.of(host) + " is not a registry host");
        }
    }

    /**
     * Reads an address with a host and a tag or digest.
     *
     * @throws RegistryException {@link ErrorCode#NAME_INVALID} and the errors of its parts
     */
    public static ImageReference parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 1) {
            throw new RegistryException(ErrorCode.NAME_INVALID, Excerpt.of(text) + " names no registry host");
        }
        String host = text.substring(0, slash);
        String rest = text.substring(slash + 1);
        int at = rest.indexOf('@');
        int colon = rest.lastIndexOf(':');
        if (at >= 0) {
            return new ImageReference(
                    host, RepositoryName.parse(rest.substring(0, at)), Digest.parse(rest.substring(at + 1)));
        }
        if (colon < 0) {
            throw new RegistryException(ErrorCode.TAG_INVALID, Excerpt.of(text) + " has neither tag nor digest");
        }
        return new ImageReference(
                host, RepositoryName.parse(rest.substring(0, colon)), Tag.parse(rest.substring(colon + 1)));
    }

    @Override
    public String toString() {
        return host + "/" + repository + (reference instanceof Digest ? "@" : ":") + reference;
    }
}
