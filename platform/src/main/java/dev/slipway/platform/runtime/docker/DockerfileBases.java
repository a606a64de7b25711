package dev.slipway.platform.runtime.docker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The images a Dockerfile builds upon. The engine builds upon whatever it has, and it has every tenant's apps: images of
 * this machine's registries, images of other builds, and images named by their id are for nobody but their owners.
 */
final class DockerfileBases {

    private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\{(\\w+)(?:(:[-+])([^}]*))?}|(\\w+))");
    private static final Pattern ID = Pattern.compile("(sha256:)?[0-9a-f]{1,64}");
    private static final Pattern HERE = Pattern.compile("(localhost|127(\\.\\d+){3}|\\[::1])(:\\d+)?/.*");
    private static final String BUILT = "slipway-built-";

    private DockerfileBases() {}

    /**
     * Looks for an image that this build may not use.
     *
     * @param text the Dockerfile
     * @param arguments of the build
     * @param own prefix of references to the app's own images
     * @return the instruction and why not, or empty
     */
    static Optional<Refusal> refusal(String text, Map<String, String> arguments, String own) {
        Map<String, String> known = new HashMap<>();
        List<String> stages = new ArrayList<>();
        boolean before = true;
        for (String instruction : instructions(text)) {
            List<String> words = List.of(instruction.strip().split("\\s+"));
            String name = words.getFirst().toUpperCase(Locale.ROOT);
            if (name.equals("ARG") && before) {
                words.stream().skip(1).forEach(word -> argument(word, arguments, known));
            }
            boolean from = name.equals("FROM");
            before &= !from;
            for (String image : from ? base(words) : copied(name, words)) {
                String meant = expand(image, known);
                if (!stages.contains(meant.toLowerCase(Locale.ROOT)) && !allowed(meant, own, from)) {
                    return Optional.of(new Refusal(
                            instruction.strip(),
                            "The image " + meant + " is not one that this app may build upon: name one of another"
                                    + " registry, or a stack image such as slipway-run:1."));
                }
            }
            stage(words, from).ifPresent(stages::add);
        }
        return Optional.empty();
    }

    /** What is refused, and why as a sentence. */
    record Refusal(String instruction, String sentence) {}

    private static void argument(String word, Map<String, String> arguments, Map<String, String> known) {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        String usual = equals < 0 ? "" : unquoted(word.substring(equals + 1));
        known.put(name, arguments.getOrDefault(name, expand(usual, known)));
    }

    private static List<String> base(List<String> words) {
        return words.stream()
                .skip(1)
                .filter(word -> !word.startsWith("--"))
                .limit(1)
                .toList();
    }

    private static List<String> copied(String name, List<String> words) {
        return name.equals("COPY") || name.equals("ADD")
                ? words.stream()
                        .filter(word -> word.startsWith("--from="))
                        .map(word -> word.substring("--from=".length()))
                        .toList()
                : List.of();
    }

    private static Optional<String> stage(List<String> words, boolean from) {
        int as = words.size() - 2;
        return from && as > 0 && words.get(as).equalsIgnoreCase("as")
                ? Optional.of(words.getLast().toLowerCase(Locale.ROOT))
                : Optional.empty();
    }

    private static boolean allowed(String image, String own, boolean from) {
        if (image.startsWith(own)) {
            return true;
        }
        // COPY --from takes the number of a stage.
        boolean stageNumber = !from && image.matches("\\d{1,3}");
        return stageNumber
                || (!image.contains("$")
                        && !ID.matcher(image).matches()
                        && !HERE.matcher(image).matches()
                        && !image.startsWith(BUILT)
                        && !image.startsWith("docker.io/" + BUILT)
                        && !image.startsWith("docker.io/library/" + BUILT));
    }

    /** Replaces variables as the builder does; those it does not know are empty. */
    private static String expand(String text, Map<String, String> known) {
        return VARIABLE.matcher(unquoted(text)).replaceAll(found -> {
            String name = found.group(1) == null ? found.group(4) : found.group(1);
            String value = known.getOrDefault(name, "");
            String operator = found.group(2);
            if (operator != null) {
                boolean instead = operator.equals(":-") == value.isEmpty();
                value = instead ? found.group(3) : operator.equals(":-") ? value : "";
            }
            return Matcher.quoteReplacement(value);
        });
    }

    private static String unquoted(String text) {
        return text.replace("\"", "").replace("'", "").replace("\\", "");
    }

    /** The instructions, their continued lines joined; comments are left out. */
    private static List<String> instructions(String text) {
        char escape = text.lines()
                        .takeWhile(line -> line.strip().startsWith("#"))
                        .anyMatch(line -> line.replace(" ", "").equalsIgnoreCase("#escape=`"))
                ? '`'
                : '\\';
        List<String> instructions = new ArrayList<>();
        StringBuilder joined = new StringBuilder();
        for (String line : text.lines().toList()) {
            String bare = line.strip();
            if (bare.startsWith("#") || (bare.isEmpty() && !joined.isEmpty())) {
                continue;
            }
            if (!bare.isEmpty() && bare.charAt(bare.length() - 1) == escape) {
                joined.append(bare, 0, bare.length() - 1);
                continue;
            }
            joined.append(bare);
            if (!joined.toString().isBlank()) {
                instructions.add(joined.toString());
            }
            joined.setLength(0);
        }
        if (!joined.toString().isBlank()) {
            instructions.add(joined.toString());
        }
        return instructions;
    }
}
