package dev.slipway.platform.placement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** A policy as people write it: {@code spread=site,rack}, {@code require=disk=ssd}, one value or list for each option. */
public final class PolicyOptions {
    /** All options, with what each is for. */
    public static final SortedMap<String, String> KNOWN = Collections.unmodifiableSortedMap(new TreeMap<>(Map.of(
            "spread", "site, rack, node: spread evenly over these, as far as there is room",
            "prefer", "sites in the order in which they are filled",
            "standby", "sites used only when no other has room",
            "at-least-sites", "over how many sites the first instances must be spread",
            "per-node", "most instances of the app on one node",
            "require", "constraints on attributes, with a semicolon between them: disk=ssd;rack!=r7",
            "apart", "apps of the tenant none of which may be on the same node",
            "priority", "0 to 9: who is placed first when a site is lost; 0 if not said",
            "together", "name of a group of the tenant's apps that are all at one site")));

    private static final Pattern NAME = Pattern.compile("[a-z](?:[a-z0-9-]{0,38}[a-z0-9])?");
    private static final int MOST = 10_000;

    private PolicyOptions() {}

    /**
     * Reads the options.
     *
     * @param inTenant makes the name of an app or a group of the tenant unique in the installation
     * @throws IllegalArgumentException saying which option is wrong, and how it has to be
     */
    public static Policy parse(Map<String, String> options, UnaryOperator<String> inTenant) {
        for (String option : options.keySet()) {
            if (!KNOWN.containsKey(option)) {
                throw new IllegalArgumentException(
                        "There is no option " + option + "; there are " + String.join(", ", KNOWN.keySet()));
            }
        }
        priority(options);
        Set<Domain> spread = new LinkedHashSet<>();
        words(options, "spread").forEach(word -> spread.add(domain(word)));
        List<Constraint> constraints = new ArrayList<>();
        for (String text : options.getOrDefault("require", "").split(";")) {
            if (!text.isBlank()) {
                constraints.add(Constraint.parse(text.trim()));
            }
        }
        Set<String> apart = new LinkedHashSet<>();
        names(options, "apart").forEach(app -> apart.add(inTenant.apply(app)));
        List<String> together = names(options, "together");
        if (together.size() > 1) {
            throw new IllegalArgumentException("An app is in one group, not in " + String.join(" and ", together));
        }
        return new Policy(
                spread,
                names(options, "prefer"),
                Set.copyOf(names(options, "standby")),
                number(options, "at-least-sites"),
                number(options, "per-node"),
                constraints,
                apart,
                together.stream().findFirst().map(inTenant));
    }

    /** How important an app with these options is, the higher the more. */
    public static int priority(Map<String, String> options) {
        int priority = number(options, "priority");
        if (priority > 9) {
            throw new IllegalArgumentException("priority takes a number from 0 to 9, not " + priority);
        }
        return priority;
    }

    /** The group an app with these options is in, as it was written. */
    public static Optional<String> group(Map<String, String> options) {
        return names(options, "together").stream().findFirst();
    }

    private static List<String> words(Map<String, String> options, String option) {
        return Arrays.stream(options.getOrDefault(option, "").split(","))
                .map(String::trim)
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
    }

    private static List<String> names(Map<String, String> options, String option) {
        List<String> names = words(options, option);
        for (String name : names) {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(option + " takes names of lower-case letters, digits and inner"
                        + " hyphens, with commas between them, not " + name);
            }
        }
        return names;
    }

    private static Domain domain(String word) {
        return switch (word) {
            case "site" -> Domain.SITE;
            case "rack" -> Domain.RACK;
            case "node" -> Domain.NODE;
            default ->
                throw new IllegalArgumentException(
                        "Instances are spread over site, rack or node, not over " + word.toLowerCase(Locale.ROOT));
        };
    }

    private static int number(Map<String, String> options, String option) {
        String text = options.getOrDefault(option, "0").trim();
        if (text.isEmpty()) {
            return 0;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= 0 && number <= MOST) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " takes a number from 0 to " + MOST + ", not " + text, e);
        }
        throw new IllegalArgumentException(option + " takes a number from 0 to " + MOST + ", not " + text);
    }
}
