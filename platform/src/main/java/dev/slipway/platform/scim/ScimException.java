package dev.slipway.platform.scim;

/** A request of a provider that is refused, as RFC 7644, 3.12 has it. */
public final class ScimException extends RuntimeException {
    private final int status;
    private final String type;

    private ScimException(int status, String type, String detail) {
        super(detail);
        this.status = status;
        this.type = type;
    }

    static ScimException filter(String detail) {
        return new ScimException(400, "invalidFilter", detail);
    }

    static ScimException path(String detail) {
        return new ScimException(400, "invalidPath", detail);
    }

    static ScimException target(String detail) {
        return new ScimException(400, "noTarget", detail);
    }

    static ScimException mutability(String detail) {
        return new ScimException(400, "mutability", detail);
    }

    /** A value that cannot be, or one that is missing. */
    public static ScimException value(String detail) {
        return new ScimException(400, "invalidValue", detail);
    }

    /** A body that is no resource. */
    public static ScimException syntax(String detail) {
        return new ScimException(400, "invalidSyntax", detail);
    }

    static ScimException taken(String detail) {
        return new ScimException(409, "uniqueness", detail);
    }

    static ScimException missing(String detail) {
        return new ScimException(404, "", detail);
    }

    /** A provider that did not say who it is. */
    public static ScimException unauthenticated(String detail) {
        return new ScimException(401, "", detail);
    }

    /** One that was turned away for too many wrong tokens. */
    public static ScimException tooMany(String detail) {
        return new ScimException(429, "", detail);
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The keyword of RFC 7644, table 9; empty where there is none. */
    public String type() {
        return type;
    }
}
