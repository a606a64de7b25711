package dev.slipway.platform.command;

import dev.slipway.tenancy.identity.RefusalException;

/** A change that the tenant's quota has no room for; nothing was changed. */
public final class QuotaRefusedException extends RefusalException {
    private static final long serialVersionUID = 1L;

    QuotaRefusedException(String sentence) {
        super("quota-exceeded", sentence);
    }
}
