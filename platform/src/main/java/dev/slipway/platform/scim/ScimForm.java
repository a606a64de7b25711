package dev.slipway.platform.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.platform.scim.ScimDirectory.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The form that a resource needs, and what is read from it. */
final class ScimForm {
    private static final int MOST_BYTES = 64 << 10;

    private ScimForm() {}

    /** The parts that a provider may write, in the form that they need. */
    static ObjectNode checked(Kind kind, JsonNode body, ObjectMapper json) {
        if (!(body instanceof ObjectNode)) {
            throw ScimException.syntax("A resource is a JSON object.");
        }
        ObjectNode resource = json.createObjectNode();
        Map<String, String> canonical = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String known : List.of("userName", "displayName", "externalId", "active", "members", "schemas")) {
            canonical.put(known, known);
        }
        body.properties().forEach(entry -> {
            String name = canonical.getOrDefault(entry.getKey(), entry.getKey());
            if (!Set.of("id", "meta", "groups", "password", "schemas").contains(name.toLowerCase(Locale.ROOT))
                    && !entry.getValue().isNull()) {
                resource.set(name, entry.getValue());
            }
        });
        if (name(kind, resource).isBlank() || name(kind, resource).length() > 300) {
            throw ScimException.value("A " + kind.title() + " has a " + kind.attribute() + " of 1 to 300 characters.");
        }
        if (external(resource).filter(text -> text.length() > 300).isPresent()) {
            throw ScimException.value("An externalId has at most 300 characters.");
        }
        if (kind == Kind.USER && resource.has("active")) {
            resource.put("active", truth(resource.get("active")));
        }
        if (kind == Kind.GROUP
                && resource.has("members")
                && !resource.get("members").isArray()) {
            throw ScimException.value("Members are a list.");
        }
        if (stripped(resource).toString().length() > MOST_BYTES) {
            throw ScimException.value("A resource has at most " + (MOST_BYTES >> 10) + " KB.");
        }
        return resource;
    }

    private static boolean truth(JsonNode value) {
        String text = value.asText().toLowerCase(Locale.ROOT);
        if (!value.isValueNode() || !(text.equals("true") || text.equals("false"))) {
            throw ScimException.value("The attribute active is true or false.");
        }
        return text.equals("true");
    }

    /** Members stand in rows of their own. */
    static ObjectNode stripped(ObjectNode resource) {
        ObjectNode copy = resource.deepCopy();
        copy.remove("members");
        return copy;
    }

    static String name(Kind kind, ObjectNode resource) {
        return resource.path(kind.attribute()).asText("");
    }

    static Optional<String> external(ObjectNode resource) {
        return Optional.of(resource.path("externalId").asText("")).filter(text -> !text.isEmpty());
    }

    /** Who it is at the provider: the externalId, which is the subject of its tokens; without one the userName. */
    static String subject(ObjectNode user) {
        return external(user).orElseGet(() -> name(Kind.USER, user));
    }
}
