package dev.slipway.tenancy.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.EnumMap;
import java.util.Map;

/**
 * One act, before it has its place in the chain.
 *
 * @param actor the label of the principal, for example {@code person:ada}
 * @param action what was done, {@code noun.verb} in small letters, for example {@code app.create}
 * @param details only of the kinds that {@link AuditField} lists; values are cut at 2,000 characters
 */
public record AuditEntry(
        String actor, String action, AuditSubject subject, AuditOutcome outcome, Map<AuditField, String> details) {
    static final int LONGEST = 2_000;

    public AuditEntry {
        actor = storable(actor);
        action = storable(action);
        subject = new AuditSubject(storable(subject.text()), subject.tenant(), subject.app());
        EnumMap<AuditField, String> copy = new EnumMap<>(AuditField.class);
        details.forEach((field, value) -> copy.put(field, storable(value)));
        details = Map.copyOf(copy);
    }

    /** An act that was done. */
    public static AuditEntry done(String actor, String action, AuditSubject subject, Map<AuditField, String> details) {
        return new AuditEntry(actor, action, subject, AuditOutcome.DONE, details);
    }

    /** The database keeps no NUL and no half character; what is hashed must be what is stored. */
    private static String storable(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        return new String(cut.getBytes(UTF_8), UTF_8).replace('\0', '?');
    }
}
