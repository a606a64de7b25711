package dev.slipway.tenancy.audit;

import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * An entry in its place in the chain.
 *
 * @param seq its place, from 1 without gaps
 * @param details by the text form of {@link AuditField}
 * @param hash 64 hexadecimal digits
 */
public record AuditRecord(
        long seq,
        Instant at,
        String actor,
        String action,
        String subject,
        Optional<String> tenant,
        Optional<String> app,
        AuditOutcome outcome,
        Map<String, String> details,
        String hash) {
    public AuditRecord {
        details = Map.copyOf(details);
    }

    byte[] hashBytes() {
        return HexFormat.of().parseHex(hash);
    }
}
