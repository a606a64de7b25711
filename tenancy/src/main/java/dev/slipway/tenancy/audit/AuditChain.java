package dev.slipway.tenancy.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;

/** How an entry is written down and linked to the one before it: SHA-256(previous hash, canonical JSON). Pure. */
final class AuditChain {
    private static final ObjectMapper JSON =
            new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);
    private static final TypeReference<Map<String, String>> DETAILS = new TypeReference<>() {};

    private AuditChain() {}

    static byte[] link(byte[] previous, AuditRecord entry) {
        Map<String, Object> fields = new TreeMap<>();
        fields.put("seq", entry.seq());
        fields.put("at", entry.at().toString());
        fields.put("actor", entry.actor());
        fields.put("action", entry.action());
        fields.put("subject", entry.subject());
        entry.tenant().ifPresent(tenant -> fields.put("tenant", tenant));
        entry.app().ifPresent(app -> fields.put("app", app));
        fields.put("outcome", entry.outcome().name());
        fields.put("details", new TreeMap<>(entry.details()));
        MessageDigest digest = sha256();
        digest.update(previous);
        return digest.digest(write(fields).getBytes(UTF_8));
    }

    static String write(Map<String, ?> map) {
        try {
            return JSON.writeValueAsString(map);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Texts and numbers can always be written as JSON", e);
        }
    }

    static Map<String, String> readDetails(String json) {
        try {
            return JSON.readValue(json, DETAILS);
        } catch (JsonProcessingException e) {
            // Somebody edited the row into something else; verify must say so rather than fail.
            return Map.of("unreadable", json);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
