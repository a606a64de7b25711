package dev.slipway.buildpacks.descriptor;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The process types of an app and the shell command of each, in the order of the file.
 *
 * @param processes process type to command
 */
public record Procfile(Map<String, String> processes) {

    /** Name of the file in the source tree. */
    public static final String FILE = "Procfile";

    private static final Pattern LINE = Pattern.compile("([^:\\s]+)\\s*:\\s*(.*)");
    private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,29}");
    private static final int MAX_LENGTH = 64 * 1024;

    public Procfile {
        processes = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(processes));
    }

    /**
     * Reads a Procfile: one {@code type: command} per line; empty lines and lines that start with {@code #} are skipped.
     *
     * @param text the whole file
     * @throws DescriptorException with the line that is wrong
     */
    public static Procfile parse(String text) throws DescriptorException {
        if (text.length() > MAX_LENGTH) {
            throw new DescriptorException(FILE, 0, "", "is larger than " + MAX_LENGTH + " characters.");
        }
        Map<String, String> processes = new LinkedHashMap<>();
        int number = 0;
        for (String raw : (text.startsWith("\uFEFF") ? text.substring(1) : text).split("\n", -1)) {
            number++;
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                throw new DescriptorException(
                        FILE,
                        number,
                        "",
                        "expected 'type: command', as in 'web: node server.js'; found '" + shorten(line) + "'.");
            }
            add(processes, number, matcher.group(1), matcher.group(2).strip());
        }
        if (processes.isEmpty()) {
            throw new DescriptorException(
                    FILE, 0, "", "has no process. Write one line per process, as in 'web: node server.js'.");
        }
        return new Procfile(processes);
    }

    private static void add(Map<String, String> processes, int number, String type, String command)
            throws DescriptorException {
        if (!TYPE.matcher(type).matches()) {
            throw new DescriptorException(
                    FILE, number, shorten(type), "a process type has letters, digits, '-' and '_', 30 at most.");
        }
        if (command.isEmpty()) {
            throw new DescriptorException(FILE, number, type, "the command is missing after the colon.");
        }
        if (command.indexOf('\0') >= 0) {
            throw new DescriptorException(FILE, number, type, "the command contains a zero byte.");
        }
        if (processes.put(type, command) != null) {
            throw new DescriptorException(FILE, number, type, "this process type is there twice.");
        }
    }

    private static String shorten(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
