package dev.slipway.buildpacks.image;

import java.util.regex.Pattern;

/**
 * One change of one environment variable (CNB buildpack API, environment variable modification rules).
 *
 * @param name the variable
 * @param action how
 * @param value with what
 * @param delimiter between the old and the new value, for {@link Action#APPEND} and {@link Action#PREPEND}
 */
public record EnvironmentChange(String name, Action action, String value, String delimiter) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** How a variable is changed. */
    public enum Action {
        OVERRIDE,
        DEFAULT,
        APPEND,
        PREPEND
    }

    /** Whether a text can be the name of a variable. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** A directory put before those that a path variable lists. */
    public static EnvironmentChange path(String name, String directory) {
        return new EnvironmentChange(name, Action.PREPEND, directory, ":");
    }

    /** The change as a line for a POSIX shell. */
    public String shell() {
        String quoted = ShellText.quote(value);
        String old = "${" + name;
        String line = switch (action) {
            case OVERRIDE -> "export " + name + "=" + quoted;
            case DEFAULT -> "[ -n \"" + old + "+x}\" ] || export " + name + "=" + quoted;
            case PREPEND ->
                "export " + name + "=" + quoted + "\"" + old + ":+" + ShellText.inDoubleQuotes(delimiter) + "$" + name
                        + "}\"";
            case APPEND ->
                "export " + name + "=\"" + old + ":+" + old + "}" + ShellText.inDoubleQuotes(delimiter) + "}\""
                        + quoted;
        };
        if (name.equals("PATH") && action == Action.PREPEND) {
            return "case \":$PATH:\" in *" + ShellText.quote(":" + value + ":") + "*) ;; *) " + line + " ;; esac";
        }
        return line;
    }
}
