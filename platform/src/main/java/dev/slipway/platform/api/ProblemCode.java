package dev.slipway.platform.api;

import java.util.Arrays;
import java.util.Optional;

/** The table of errors a client can see. Codes are stable; refusals of lower rooms are found by theirs. */
enum ProblemCode {
    INVALID_JSON("invalid-json", 400, "The body is not the JSON this takes"),
    INVALID_FIELD("invalid-field", 400, "A field has a value it cannot have"),
    INVALID_NAME("invalid-name", 400, "A name or value has not the form it needs"),
    INVALID_SETTING("invalid-setting", 400, "A setting cannot be that"),
    UNAUTHENTICATED("unauthenticated", 401, "A valid token is needed"),
    DENIED("denied", 403, "You may not do that"),
    UNKNOWN_NAME("unknown-name", 404, "There is no such thing"),
    METHOD_NOT_ALLOWED("method-not-allowed", 405, "This cannot be done with that"),
    NOT_ACCEPTABLE("not-acceptable", 406, "There is no answer of that media type"),
    NAME_TAKEN("name-taken", 409, "The name is taken"),
    NOT_POSSIBLE("not-possible", 409, "Not in its present state"),
    STILL_RUNNING("still-running", 409, "The first request with the key is not done"),
    CHANGED_MEANWHILE("changed-meanwhile", 412, "It is not what you saw"),
    TOO_LARGE("too-large", 413, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", 415, "The body has another media type than this takes"),
    QUOTA_EXCEEDED("quota-exceeded", 422, "The tenant's quota has no room"),
    KEY_REUSED("key-reused", 422, "The key belongs to another request"),
    PRECONDITION_REQUIRED("precondition-required", 428, "Say what you saw"),
    TOO_MANY_ATTEMPTS("too-many-attempts", 429, "Too many wrong tokens came from this address"),
    TOO_MANY_KEYS("too-many-keys", 429, "Too many keys of yours are kept"),
    INTERNAL("internal", 500, "Slipway could not do that"),
    UNAVAILABLE("unavailable", 503, "Something needed does not answer now");

    private final String code;
    private final int status;
    private final String title;

    ProblemCode(String code, int status, String title) {
        this.code = code;
        this.status = status;
        this.title = title;
    }

    String code() {
        return code;
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    /** The line of a code that another room gave. */
    static Optional<ProblemCode> of(String code) {
        return Arrays.stream(values()).filter(line -> line.code.equals(code)).findFirst();
    }

    /** The line for a status that the framework chose. */
    static ProblemCode ofStatus(int status) {
        return Arrays.stream(values())
                .filter(line -> line.status == status && line != NOT_POSSIBLE)
                .findFirst()
                .orElse(status < 500 ? INVALID_FIELD : INTERNAL);
    }
}
