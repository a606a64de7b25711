package dev.slipway.tenancy.access;

import dev.slipway.tenancy.identity.RefusalException;

/** A request the {@link Authorizer} refused; its message is safe to show to who asked. */
public final class DeniedException extends RefusalException {
    private final Permission permission;
    private final Subject subject;
    private final boolean mayKnow;

    /** Keeps the parts; the sentence is the reason, or the answer for a thing that does not exist. */
    public DeniedException(Permission permission, Subject subject, Decision.Denied denied) {
        super(denied.mayKnow() ? "denied" : "unknown-name", denied.mayKnow() ? denied.reason() : subject.unknown());
        this.permission = permission;
        this.subject = subject;
        this.mayKnow = denied.mayKnow();
    }

    /** What was asked for. */
    public Permission permission() {
        return permission;
    }

    /** What it was asked about. */
    public Subject subject() {
        return subject;
    }

    /** False means: answer as if the subject did not exist (404 rather than 403). */
    public boolean mayKnow() {
        return mayKnow;
    }
}
