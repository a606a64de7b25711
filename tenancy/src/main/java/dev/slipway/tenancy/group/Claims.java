package dev.slipway.tenancy.group;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What an identity provider says about a person.
 *
 * @param groups as the provider names them, for example {@code /slipway/acme/owner}
 * @param values every other claim that is a text, a number, a truth value or a list of those, as texts
 */
public record Claims(Set<String> groups, Map<String, Set<String>> values) {
    public Claims {
        groups = Set.copyOf(groups);
        Map<String, Set<String>> copy = new LinkedHashMap<>();
        values.forEach((name, all) -> copy.put(name, Set.copyOf(all)));
        values = Map.copyOf(copy);
    }

    /** Nothing but groups. */
    public static Claims ofGroups(Set<String> groups) {
        return new Claims(groups, Map.of());
    }
}
