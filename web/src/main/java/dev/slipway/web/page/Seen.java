package dev.slipway.web.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.slipway.platform.command.Precondition;
import dev.slipway.tenancy.identity.RefusalException;
import dev.slipway.web.session.Visitor;
import jakarta.enterprise.context.RequestScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What a form was made from, as a mark that it carries: a change is refused when the thing became another meanwhile. The mark
 * is of this session, so that it tells nobody else what it was made from.
 */
@RequestScoped
public class Seen {
    private static final int BYTES = 16;

    private final Visitor visitor;
    private final ObjectWriter writer;

    Seen(Visitor visitor, ObjectMapper mapper) {
        this.visitor = visitor;
        this.writer = mapper.writer().with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
    }

    /** The thing is not what the form was made from. */
    public static final class ChangedMeanwhileException extends RefusalException {
        ChangedMeanwhileException() {
            super("changed-meanwhile", "Somebody changed it meanwhile, so nothing was changed.");
        }
    }

    /** The mark of a thing, the same for equal content; empty when there is none yet. */
    public String mark(Optional<?> thing) {
        return thing.map(some -> hash(visitor.formToken() + "\n" + text(some))).orElse("");
    }

    private String text(Object thing) {
        try {
            return writer.writeValueAsString(thing);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no JSON of what a form is made from: type=" + thing.getClass(), e);
        }
    }

    /** That the thing still has the mark. */
    public Precondition unchanged(String mark) {
        return now -> {
            if (!mark(now).equals(mark)) {
                throw new ChangedMeanwhileException();
            }
        };
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
