package dev.slipway.registry.replicate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.RepositoryName;
import dev.slipway.registry.oci.Tag;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A manifest, with all that it needs, that is to be in another registry too.
 *
 * @param id its name in the queue, made of target, repository, digest and tag: the same wish is the same copy
 * @param target the other registry, by its name in the settings
 * @param repository here and there
 * @param digest what is copied
 * @param tag what it is to be called there, if anything
 * @param priority lower goes first
 * @param wantedAt when it was first asked for
 * @param attempts how often it was tried in vain
 * @param notBefore when it is tried next
 * @param trouble what came back last time
 */
public record Copy(
        UUID id,
        String target,
        RepositoryName repository,
        Digest digest,
        Optional<Tag> tag,
        int priority,
        Instant wantedAt,
        int attempts,
        Instant notBefore,
        Optional<String> trouble) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A new wish. */
    public static Copy of(
            String target, RepositoryName repository, Digest digest, Optional<Tag> tag, int priority, Instant now) {
        String wish = target + " " + repository + " " + digest + " "
                + tag.map(Tag::value).orElse("");
        UUID id = UUID.nameUUIDFromBytes(wish.getBytes(StandardCharsets.UTF_8));
        return new Copy(id, target, repository, digest, tag, priority, now, 0, now, Optional.empty());
    }

    /** After an attempt that failed. */
    Copy failed(String reason, Instant next) {
        return new Copy(
                id, target, repository, digest, tag, priority, wantedAt, attempts + 1, next, Optional.of(reason));
    }

    /** As urgent as the more urgent of two wishes. */
    Copy withPriority(int other) {
        return new Copy(
                id, target, repository, digest, tag, Math.min(priority, other), wantedAt, attempts, notBefore, trouble);
    }

    byte[] toBytes() {
        ObjectNode node = JSON.createObjectNode();
        node.put("id", id.toString()).put("target", target).put("repository", repository.value());
        node.put("digest", digest.toString()).put("priority", priority).put("wantedAt", wantedAt.toString());
        node.put("attempts", attempts).put("notBefore", notBefore.toString());
        tag.ifPresent(value -> node.put("tag", value.value()));
        trouble.ifPresent(value -> node.put("trouble", value));
        return node.toString().getBytes(StandardCharsets.UTF_8);
    }

    static Copy parse(byte[] content) throws IOException {
        JsonNode node = JSON.readTree(content);
        return new Copy(
                UUID.fromString(node.path("id").asText()),
                node.path("target").asText(),
                RepositoryName.parse(node.path("repository").asText()),
                Digest.parse(node.path("digest").asText()),
                Optional.ofNullable(node.get("tag")).map(value -> new Tag(value.asText())),
                node.path("priority").asInt(),
                Instant.parse(node.path("wantedAt").asText()),
                node.path("attempts").asInt(),
                Instant.parse(node.path("notBefore").asText()),
                Optional.ofNullable(node.get("trouble")).map(JsonNode::asText));
    }
}
