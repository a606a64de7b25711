package dev.slipway.platform.runtime.mesos.wire;

import java.io.IOException;

/** No master gave a stream. */
public final class SubscribeRefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;

    SubscribeRefusedException(String master, int status, String answer) {
        super("Tried to subscribe at the Mesos master " + master + ": " + answer + advice(status));
        this.status = status;
    }

    private static String advice(int status) {
        return switch (status) {
            case 401 -> ". Give the site the principal and secret (or token) this master knows";
            case 403 -> ". The master's ACLs do not let this principal register a framework";
            case 404, 405 -> ". This does not look like the v1 API of a Mesos master";
            default -> "";
        };
    }

    /** HTTP status of the last answer. */
    public int status() {
        return status;
    }
}
