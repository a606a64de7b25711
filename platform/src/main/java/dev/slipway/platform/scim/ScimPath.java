package dev.slipway.platform.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a resource: {@code name.familyName}, {@code members}, {@code emails[type eq "work"].value}. Names of attributes
 * are the same in capitals (RFC 7643, 2.1); the core schema's may be before them.
 *
 * @param chosen which of several values; empty for all
 * @param part of the value or values
 */
record ScimPath(String attribute, Optional<Predicate<JsonNode>> chosen, Optional<String> part) {
    private static final Pattern FORM = Pattern.compile(
            "(?<attribute>[A-Za-z][A-Za-z0-9_$-]*)(?:\\[(?<chosen>.*)])?(?:\\.(?<part>[A-Za-z$][A-Za-z0-9_$-]*))?");
    private static final Pattern CORE = Pattern.compile("(?i)urn:ietf:params:scim:schemas:core:2\\.0:(?:User|Group):");
    private static final Set<String> EXACT = Set.of("id", "externalid", "value");

    /** A path of a patch. */
    static ScimPath parse(String text) {
        Matcher matcher = FORM.matcher(CORE.matcher(text.strip()).replaceFirst(""));
        if (!matcher.matches()) {
            throw ScimException.path("No path of this form is known: " + text);
        }
        return new ScimPath(
                matcher.group("attribute"),
                Optional.ofNullable(matcher.group("chosen")).map(ScimFilter::parse),
                Optional.ofNullable(matcher.group("part")));
    }

    /** A name in a filter, with a part or without. */
    static ScimPath attribute(String text) {
        Matcher matcher = FORM.matcher(CORE.matcher(text).replaceFirst(""));
        if (!matcher.matches() || matcher.group("chosen") != null) {
            throw ScimException.filter("An attribute cannot be called so: " + text);
        }
        return new ScimPath(matcher.group("attribute"), Optional.empty(), Optional.ofNullable(matcher.group("part")));
    }

    /** Whether capitals count in its values. */
    boolean exact() {
        return EXACT.contains(part.orElse(attribute).toLowerCase(java.util.Locale.ROOT))
                && !attribute.equalsIgnoreCase("emails");
    }

    /** All values at the place; none if there are none. */
    List<JsonNode> values(JsonNode resource) {
        List<JsonNode> found = new ArrayList<>();
        JsonNode top = member(resource, attribute);
        Iterable<JsonNode> each = top.isArray() ? top : List.of(top);
        for (JsonNode value : each) {
            JsonNode at = part.map(name -> member(value, name)).orElse(value);
            if (!at.isMissingNode() && chosen.map(some -> some.test(value)).orElse(true)) {
                found.add(at);
            }
        }
        return found;
    }

    /** A member by its name in any capitals. */
    static JsonNode member(JsonNode object, String name) {
        return object.path(name(object, name));
    }

    /** How an object writes the name, or how it is written here if it has none. */
    static String name(JsonNode object, String name) {
        return object instanceof ObjectNode node
                ? node.properties().stream()
                        .map(Map.Entry::getKey)
                        .filter(some -> some.equalsIgnoreCase(name))
                        .findFirst()
                        .orElse(name)
                : name;
    }
}
