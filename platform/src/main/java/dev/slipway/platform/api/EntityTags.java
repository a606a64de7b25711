package dev.slipway.platform.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tags of what is answered: equal for equal content, whichever process answers and whatever it was before (RFC 9110, 8.8.3). */
@ApplicationScoped
class EntityTags {
    private static final int TAG_BYTES = 16;
    private static final Pattern LISTED = Pattern.compile("(W/)?(\"[\\x21\\x23-\\x7e\\x80-\\xff]*\")");

    private final ObjectWriter writer;

    EntityTags(ObjectMapper mapper) {
        this.writer = mapper.writer().with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
    }

    /** The strong tag of some content, with its quotes. */
    String of(Object content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(writer.writeValueAsBytes(content));
            return "\"" + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, TAG_BYTES)) + "\"";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no JSON of an answer: type=" + content.getClass(), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Whether the field of a request lists the tag; {@code *} lists every one. */
    static boolean lists(String field, String tag, boolean weakly) {
        if (field.strip().equals("*")) {
            return true;
        }
        Matcher listed = LISTED.matcher(field);
        while (listed.find()) {
            if (listed.group(2).equals(tag) && (weakly || listed.group(1) == null)) {
                return true;
            }
        }
        return false;
    }
}
