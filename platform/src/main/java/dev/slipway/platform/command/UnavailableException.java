package dev.slipway.platform.command;

import dev.slipway.tenancy.identity.RefusalException;

/** Something the request needs does not answer now; the same request may work later. */
public final class UnavailableException extends RefusalException {
    private static final long serialVersionUID = 1L;

    UnavailableException(String sentence, Throwable cause) {
        super("unavailable", sentence);
        initCause(cause);
    }
}
