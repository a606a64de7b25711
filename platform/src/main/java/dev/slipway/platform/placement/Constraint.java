package dev.slipway.platform.placement;

import java.util.Arrays;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an attribute of a node must be, or must not be. A node without the attribute has none of the values.
 *
 * @param attribute for example {@code disk}; {@code site} and {@code node} are attributes of every node
 * @param negated whether it must be none of the values
 * @param values one of them
 */
public record Constraint(String attribute, boolean negated, SortedSet<String> values) {
    private static final Pattern TEXT =
            Pattern.compile("([a-z][a-z0-9_.-]{0,62})(!?=)([A-Za-z0-9_.:/-]+(?:,[A-Za-z0-9_.:/-]+)*)");

    public Constraint {
        values = Collections.unmodifiableSortedSet(new TreeSet<>(values));
    }

    /**
     * Reads {@code disk=ssd,nvme} or {@code rack!=r7}.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static Constraint parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("A constraint is attribute=value,value or attribute!=value,value, for"
                    + " example disk=ssd, not " + text);
        }
        return new Constraint(
                matcher.group(1),
                matcher.group(2).startsWith("!"),
                new TreeSet<>(Arrays.asList(matcher.group(3).split(","))));
    }

    boolean holds(Offer offer) {
        String value = offer.attribute(attribute);
        return (value != null && values.contains(value)) != negated;
    }

    /** The form that {@link #parse} reads. */
    @Override
    public String toString() {
        return attribute + (negated ? "!=" : "=") + String.join(",", values);
    }
}
