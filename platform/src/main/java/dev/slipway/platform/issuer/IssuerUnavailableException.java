package dev.slipway.platform.issuer;

import dev.slipway.tenancy.identity.RefusalException;

/** An identity provider does not answer, or not with what it should. */
public final class IssuerUnavailableException extends RefusalException {
    private final String issuer;

    IssuerUnavailableException(String issuer, String what) {
        super(
                "unavailable",
                "The identity provider " + issuer + " cannot be used now: " + what
                        + ". Try again soon; people with a password here can sign in with it.");
        this.issuer = issuer;
    }

    /** Its short name. */
    public String issuer() {
        return issuer;
    }
}
