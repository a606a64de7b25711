package dev.slipway.registry.oci;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request that the registry refuses for a reason its caller can act on. */
public final class RegistryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String detail;
    private final @Nullable Duration wait;

    /**
     * Refuses a request.
     *
     * @param code the row of the error table
     * @param detail what was tried on which subject and what was wrong with it, for people
     */
    public RegistryException(ErrorCode code, String detail) {
        this(code, detail, null);
    }

    /**
     * Refuses a request that can succeed later.
     *
     * @param wait until when it need not be tried
     */
    public RegistryException(ErrorCode code, String detail, @Nullable Duration wait) {
        super(code.code() + ": " + code.message() + ": " + detail);
        this.code = code;
        this.detail = detail;
        this.wait = wait;
    }

    /** The row of the error table. */
    public ErrorCode code() {
        return code;
    }

    /** What was wrong with which subject. */
    public String detail() {
        return detail;
    }

    /** How long to wait before the request is made again, if that would help. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(wait);
    }
}
