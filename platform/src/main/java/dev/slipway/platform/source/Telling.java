package dev.slipway.platform.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.platform.git.CommitId;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/** What a request of a code host says. The three hosts write pushes alike: {@code ref} and {@code after}. */
sealed interface Telling {
    /** A branch has a new commit. */
    record Pushed(String branch, CommitId commit) implements Telling {}

    /** Something that nothing follows from, in words. */
    record Other(String what) implements Telling {}

    /** It is not from the host, or not readable. */
    record Refused(String why) implements Telling {}

    String HEADS = "refs/heads/";

    static Telling of(
            CodeHost host, Function<String, Optional<String>> header, byte[] body, String secret, ObjectMapper mapper) {
        if (!host.genuine(header, body, secret)) {
            return new Refused("The request does not show that it knows the secret of this app's source.");
        }
        if (!host.tellsOfPush(header)) {
            return new Other("Only pushes are acted upon.");
        }
        JsonNode push;
        try {
            push = mapper.readTree(body);
        } catch (IOException e) {
            return new Refused("The body is not JSON.");
        }
        String ref = push.path("ref").asText("");
        String after = push.path("after").asText("");
        if (!ref.startsWith(HEADS) || ref.length() == HEADS.length()) {
            return new Other("Only pushes to branches are acted upon.");
        }
        if (after.matches("0{40}(?:0{24})?")) {
            return new Other("A branch was deleted; nothing follows from that.");
        }
        if (!after.matches("[0-9a-f]{40}")) {
            return new Refused("The body names no commit.");
        }
        return new Pushed(ref.substring(HEADS.length()), CommitId.of(after));
    }
}
