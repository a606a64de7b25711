package dev.slipway.platform.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The patch language of RFC 7644, 3.5.2. All of a patch holds or nothing: it is made on a copy. Providers that write
 * {@code Add} in capitals, or name the members to remove in a value, are understood too.
 */
final class ScimPatch {
    private static final int MOST = 1_000;
    private static final Set<String> READ_ONLY = Set.of("id", "meta", "groups");

    private ScimPatch() {}

    /**
     * What the resource is after the operations.
     *
     * @param several the attributes that have several values
     */
    static ObjectNode apply(ObjectNode resource, JsonNode request, Set<String> several) {
        JsonNode operations = ScimPath.member(request, "Operations");
        if (!operations.isArray() || operations.isEmpty() || operations.size() > MOST) {
            throw ScimException.syntax("A patch has 1 to " + MOST + " Operations.");
        }
        ObjectNode copy = resource.deepCopy();
        for (JsonNode operation : operations) {
            one(copy, operation, several);
        }
        return copy;
    }

    private static void one(ObjectNode resource, JsonNode operation, Set<String> several) {
        String kind = ScimPath.member(operation, "op").asText("").toLowerCase(Locale.ROOT);
        JsonNode value = ScimPath.member(operation, "value");
        Optional<ScimPath> path = Optional.of(ScimPath.member(operation, "path").asText(""))
                .filter(text -> !text.isEmpty())
                .map(ScimPath::parse);
        path.ifPresent(some -> refuseReadOnly(some.attribute()));
        switch (kind) {
            case "add", "replace" -> {
                if (value.isMissingNode()) {
                    throw ScimException.value("The operation " + kind + " takes a value.");
                }
                if (path.isPresent()) {
                    put(resource, path.get(), value, kind.equals("add"), several);
                } else {
                    whole(resource, value, kind.equals("add"), several);
                }
            }
            case "remove" ->
                remove(resource, path.orElseThrow(() -> ScimException.target("A removal names its path.")), value);
            default -> throw ScimException.syntax("An op is add, replace or remove, not: " + kind);
        }
    }

    /** Without a path the value is an object of attributes, whose names may be paths. */
    private static void whole(ObjectNode resource, JsonNode value, boolean adds, Set<String> several) {
        if (!value.isObject()) {
            throw ScimException.value("Without a path the value is an object of attributes.");
        }
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            if (entry.getKey().equalsIgnoreCase("schemas")
                    || READ_ONLY.contains(entry.getKey().toLowerCase(Locale.ROOT))) {
                continue;
            }
            if (entry.getKey().toLowerCase(Locale.ROOT).startsWith("urn:")
                    && !entry.getKey().toLowerCase(Locale.ROOT).startsWith("urn:ietf:params:scim:schemas:core:2.0:")) {
                resource.set(entry.getKey(), entry.getValue());
            } else {
                put(resource, ScimPath.parse(entry.getKey()), entry.getValue(), adds, several);
            }
        }
    }

    private static void put(ObjectNode resource, ScimPath path, JsonNode value, boolean adds, Set<String> several) {
        String name = ScimPath.name(resource, path.attribute());
        if (path.chosen().isPresent()) {
            chosen(resource.path(name), path, value);
        } else if (path.part().isPresent()) {
            ObjectNode object = resource.path(name) instanceof ObjectNode there ? there : resource.putObject(name);
            object.set(ScimPath.name(object, path.part().get()), value);
        } else if (several.contains(name.toLowerCase(Locale.ROOT))) {
            ArrayNode all = adds && resource.path(name) instanceof ArrayNode there ? there : resource.putArray(name);
            append(all, value);
        } else if (adds && value.isObject() && resource.path(name) instanceof ObjectNode there) {
            value.properties().forEach(part -> there.set(ScimPath.name(there, part.getKey()), part.getValue()));
        } else {
            resource.set(name, value);
        }
    }

    private static void append(ArrayNode all, JsonNode value) {
        Set<JsonNode> known = new HashSet<>();
        all.forEach(one -> known.add(key(one)));
        for (JsonNode one : value.isArray() ? value : java.util.List.of(value)) {
            if (known.add(key(one))) {
                all.add(one);
            }
        }
    }

    /** Values with parts are the same when their value is. */
    private static JsonNode key(JsonNode one) {
        return one.has("value") ? one.get("value") : one;
    }

    private static void chosen(JsonNode all, ScimPath path, JsonNode value) {
        Predicate<JsonNode> which = path.chosen().orElseThrow();
        boolean found = false;
        for (JsonNode one : all) {
            if (one instanceof ObjectNode object && which.test(one)) {
                found = true;
                if (path.part().isPresent()) {
                    object.set(ScimPath.name(object, path.part().get()), value);
                } else if (value.isObject()) {
                    value.properties().forEach(part -> object.set(part.getKey(), part.getValue()));
                } else {
                    throw ScimException.value("A value with parts is replaced by an object.");
                }
            }
        }
        if (!found) {
            throw ScimException.target("No value of " + path.attribute() + " is chosen by the path.");
        }
    }

    private static void remove(ObjectNode resource, ScimPath path, JsonNode value) {
        String name = ScimPath.name(resource, path.attribute());
        if (path.chosen().isPresent()) {
            Predicate<JsonNode> which = path.chosen().get();
            for (Iterator<JsonNode> each = resource.path(name).iterator(); each.hasNext(); ) {
                JsonNode one = each.next();
                if (which.test(one)) {
                    path.part()
                            .ifPresentOrElse(part -> ((ObjectNode) one).remove(ScimPath.name(one, part)), each::remove);
                }
            }
        } else if (path.part().isPresent()) {
            if (resource.path(name) instanceof ObjectNode object) {
                object.remove(ScimPath.name(object, path.part().get()));
            }
        } else if (value.isArray() && resource.path(name) instanceof ArrayNode all) {
            Set<JsonNode> gone = new HashSet<>();
            value.forEach(one -> gone.add(key(one)));
            for (Iterator<JsonNode> each = all.iterator(); each.hasNext(); ) {
                if (gone.contains(key(each.next()))) {
                    each.remove();
                }
            }
        } else {
            resource.remove(name);
        }
    }

    private static void refuseReadOnly(String attribute) {
        if (READ_ONLY.contains(attribute.toLowerCase(Locale.ROOT))) {
            throw ScimException.mutability("The attribute " + attribute + " is not written by providers.");
        }
    }
}
