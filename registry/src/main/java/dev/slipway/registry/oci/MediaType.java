package dev.slipway.registry.oci;

/** A media type (RFC 6838) without parameters, such as that of a manifest or a layer. */
public record MediaType(String value) {
    public static final MediaType OCI_MANIFEST = new MediaType("application/vnd.oci.image.manifest.v1+json");
    public static final MediaType OCI_INDEX = new MediaType("application/vnd.oci.image.index.v1+json");
    public static final MediaType OCI_CONFIG = new MediaType("application/vnd.oci.image.config.v1+json");
    public static final MediaType OCI_LAYER = new MediaType("application/vnd.oci.image.layer.v1.tar");
    public static final MediaType OCI_LAYER_GZIP = new MediaType("application/vnd.oci.image.layer.v1.tar+gzip");
    public static final MediaType OCI_LAYER_ZSTD = new MediaType("application/vnd.oci.image.layer.v1.tar+zstd");
    public static final MediaType OCI_EMPTY = new MediaType("application/vnd.oci.empty.v1+json");
    public static final MediaType DOCKER_MANIFEST =
            new MediaType("application/vnd.docker.distribution.manifest.v2+json");
    public static final MediaType DOCKER_LIST =
            new MediaType("application/vnd.docker.distribution.manifest.list.v2+json");
    public static final MediaType DOCKER_CONFIG = new MediaType("application/vnd.docker.container.image.v1+json");
    public static final MediaType DOCKER_LAYER_GZIP =
            new MediaType("application/vnd.docker.image.rootfs.diff.tar.gzip");
    public static final MediaType OCTET_STREAM = new MediaType("application/octet-stream");

    private static final int MAX_LENGTH = 255;

    /**
     * Checks the form: a type, a slash, a subtype.
     *
     * @throws RegistryException {@link ErrorCode#MANIFEST_INVALID}
     */
    public MediaType {
        if (!valid(value)) {
            throw new RegistryException(
                    ErrorCode.MANIFEST_INVALID, Excerpt.of(value) + " is not a media type such as application/json");
        }
    }

    /** Reads a header's value, dropping parameters. */
    public static MediaType parse(String text) {
        int parameters = text.indexOf(';');
        return new MediaType((parameters < 0 ? text : text.substring(0, parameters)).strip());
    }

    /** True for the two forms of a list of manifests. */
    public boolean isIndex() {
        return equals(OCI_INDEX) || equals(DOCKER_LIST);
    }

    /** True for the two forms of a manifest of one image or artifact. */
    public boolean isImage() {
        return equals(OCI_MANIFEST) || equals(DOCKER_MANIFEST);
    }

    /** True if a layer of this type is by licence not to be uploaded, so that a manifest may name it without it being here. */
    public boolean isForeignLayer() {
        return value.contains(".nondistributable.") || value.contains(".foreign.");
    }

    private static boolean valid(String text) {
        int slash = text.indexOf('/');
        if (slash < 1 || slash == text.length() - 1 || text.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean word = Character.isLetterOrDigit(c) && c < 0x80;
            if (!word && i != slash && "!#$&-^_.+".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return value;
    }
}
