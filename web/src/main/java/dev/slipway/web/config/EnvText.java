package dev.slipway.web.config;

import dev.slipway.platform.app.InvalidSettingException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All variables as one text: a line {@code NAME=VALUE} each, as in an {@code .env} file. A value with line breaks, quotes, or space
 * around it stands in double quotes, with {@code \n}, {@code \"} and {@code \\} inside. Lines that begin with {@code #} say nothing.
 */
final class EnvText {
    private EnvText() {}

    static String write(SortedMap<String, String> variables) {
        StringBuilder text = new StringBuilder();
        variables.forEach((name, value) -> text.append(name)
                .append('=')
                .append(plain(value) ? value : quoted(value))
                .append('\n'));
        return text.toString();
    }

    /** @throws InvalidSettingException for a line that says nothing, or says something twice, by its number */
    static SortedMap<String, String> read(String text) {
        SortedMap<String, String> variables = new TreeMap<>();
        int number = 0;
        for (String line : text.split("\r\n|\n|\r", -1)) {
            number++;
            if (line.isBlank() || line.stripLeading().startsWith("#")) {
                continue;
            }
            int equals = line.indexOf('=');
            if (equals < 1) {
                throw new InvalidSettingException("Line " + number + " has no NAME=VALUE.");
            }
            String name = line.substring(0, equals).strip();
            String value = line.substring(equals + 1).strip();
            if (variables.put(name, value.startsWith("\"") ? unquoted(value, number) : value) != null) {
                throw new InvalidSettingException("Line " + number + " gives a second value to " + name + ".");
            }
        }
        return variables;
    }

    private static boolean plain(String value) {
        return value.equals(value.strip())
                && !value.startsWith("\"")
                && value.chars().noneMatch(letter -> letter == '\n' || letter == '\r');
    }

    private static String quoted(String value) {
        return "\""
                + value.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                + "\"";
    }

    private static String unquoted(String value, int line) {
        StringBuilder plain = new StringBuilder();
        int at = 1;
        while (at < value.length()) {
            char letter = value.charAt(at);
            if (letter == '"') {
                if (at == value.length() - 1) {
                    return plain.toString();
                }
                break;
            }
            if (letter == '\\' && at + 1 < value.length()) {
                at++;
                char next = value.charAt(at);
                plain.append(next == 'n' ? '\n' : next == 'r' ? '\r' : next);
            } else {
                plain.append(letter);
            }
            at++;
        }
        throw new InvalidSettingException("Line " + line + " does not end with the quote that it begins with.");
    }

    /** The names by which two configs differ. */
    static List<String> differing(Map<String, String> one, Map<String, String> other) {
        TreeSet<String> names = new TreeSet<>(one.keySet());
        names.addAll(other.keySet());
        names.removeIf(name -> Objects.equals(one.get(name), other.get(name)));
        return List.copyOf(names);
    }
}
