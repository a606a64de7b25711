package dev.slipway.platform.ssh;

import java.util.ArrayList;
import java.util.List;

/** Splits a command line into words as a POSIX shell does: quotes and backslashes, no expansion of any kind. */
final class CommandLine {
    private final String text;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean started;
    private int at;

    private CommandLine(String text) {
        this.text = text;
    }

    /**
     * Splits.
     *
     * @throws IllegalArgumentException with a sentence, if a quote is not closed
     */
    static List<String> split(String text) {
        return new CommandLine(text).words();
    }

    private List<String> words() {
        while (at < text.length()) {
            char c = text.charAt(at++);
            switch (c) {
                case ' ', '\t', '\n', '\r' -> end();
                case '\'' -> quoted('\'', false);
                case '"' -> quoted('"', true);
                case '\\' -> {
                    started = true;
                    word.append(at < text.length() ? text.charAt(at++) : c);
                }
                default -> {
                    started = true;
                    word.append(c);
                }
            }
        }
        end();
        return words;
    }

    private void quoted(char quote, boolean escapes) {
        started = true;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == quote) {
                return;
            }
            boolean escaped = escapes && c == '\\' && at < text.length() && "\"\\$`".indexOf(text.charAt(at)) >= 0;
            word.append(escaped ? text.charAt(at++) : c);
        }
        throw new IllegalArgumentException("A quote is not closed: " + quote);
    }

    private void end() {
        if (started) {
            words.add(word.toString());
            word.setLength(0);
            started = false;
        }
    }
}
