package dev.slipway.buildpacks.image;

import java.util.List;
import java.util.stream.Collectors;

/** Text that a POSIX shell takes literally. */
public final class ShellText {

    private ShellText() {}

    /** In single quotes. */
    public static String quote(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** Each word in single quotes, with spaces between. */
    public static String words(List<String> words) {
        return words.stream().map(ShellText::quote).collect(Collectors.joining(" "));
    }

    /** For use inside double quotes. */
    static String inDoubleQuotes(String text) {
        return text.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("$", "\\$")
                .replace("`", "\\`")
                .replace("}", "\\}");
    }
}
