package dev.slipway.platform.verbs;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** All verbs by name. */
@ApplicationScoped
class VerbCatalogue {
    private static final int WIDTH = 90;

    private final SortedMap<String, Supplier<Verb>> verbs = new TreeMap<>();

    VerbCatalogue(@All List<VerbGroup> groups) {
        for (VerbGroup group : groups) {
            for (Supplier<Verb> verb : group.verbs()) {
                String name = parser(verb.get()).getCommandName();
                if (verbs.put(name, verb) != null) {
                    throw new IllegalStateException("two verbs have the name " + name);
                }
            }
        }
    }

    Collection<String> names() {
        return verbs.keySet();
    }

    Optional<Verb> make(String name) {
        return Optional.ofNullable(verbs.get(name)).map(Supplier::get);
    }

    /** The parser of a verb. Arguments are taken as they are: no files are read, nothing is expanded. */
    static CommandLine parser(Verb verb) {
        CommandLine parser = new CommandLine(verb);
        parser.setExpandAtFiles(false);
        parser.setTrimQuotes(false);
        parser.setStopAtPositional(verb instanceof RunVerbs.Run);
        parser.getCommandSpec()
                .usageMessage()
                .width(WIDTH)
                .footerHeading("%nExample:%n")
                .sortOptions(false);
        return parser;
    }

    /** The page that {@code help VERB} shows. */
    static String explain(Verb verb) {
        return parser(verb).getUsageMessage(Ansi.OFF);
    }

    /** All verbs with a sentence each. */
    String overview() {
        StringBuilder text = new StringBuilder("Slipway takes these verbs; help VERB explains one.\n\n");
        int widest = verbs.keySet().stream().mapToInt(String::length).max().orElse(0);
        verbs.forEach((name, verb) -> text.append("  ")
                .append(name)
                .append(" ".repeat(widest - name.length() + 2))
                .append(String.join(
                        " ", parser(verb.get()).getCommandSpec().usageMessage().description()))
                .append('\n'));
        return text.append("\n-a TENANT/APP names the app, --json answers in JSON.\n")
                .toString();
    }

    /** The verbs whose names are nearest to what was typed, if any is near enough. */
    List<String> near(String typed) {
        List<String> names = new ArrayList<>(verbs.keySet());
        names.removeIf(name -> farness(name, typed) > Math.max(1, Math.min(3, typed.length() / 3)));
        names.sort(Comparator.comparingInt(name -> farness(name, typed)));
        return names.isEmpty() ? names : names.subList(0, Math.min(3, names.size()));
    }

    /** Half of a verb's name, such as scale for ps:scale, is as good as one wrong letter. */
    private static int farness(String name, String typed) {
        return name.endsWith(":" + typed) ? 1 : distance(name, typed);
    }

    /** How many letters have to be put in, taken out or changed (Levenshtein). */
    static int distance(String one, String other) {
        int[] before = new int[other.length() + 1];
        for (int j = 0; j < before.length; j++) {
            before[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] row = new int[before.length];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int change = before[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(before[j], row[j - 1]) + 1);
            }
            before = row;
        }
        return before[other.length()];
    }
}
