package dev.slipway.buildpacks.lifecycle;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Cuts raw output into lines that are fit to be shown: no line is longer than a bound, a carriage return starts the
 * line anew (as progress bars want), control characters other than tab and escape sequences of colours are dropped.
 */
final class OutputLines {

    private static final int MAX_LINE = 8 * 1024;

    private final Consumer<String> lines;
    private final Consumer<String> marks;
    private final byte[] mark;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean inMark;
    private boolean returned;

    /**
     * Prepares.
     *
     * @param nonce what follows the byte 1 in a mark
     * @param lines takes lines for people
     * @param marks takes what the driver says, without nonce
     */
    OutputLines(String nonce, Consumer<String> lines, Consumer<String> marks) {
        this.mark = nonce.getBytes(StandardCharsets.UTF_8);
        this.lines = lines;
        this.marks = marks;
    }

    void accept(byte[] buffer, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            accept(buffer[i]);
        }
    }

    /** Passes on a last line that has no end. */
    void finish() {
        if (line.size() > 0) {
            end();
        }
    }

    private void accept(byte next) {
        if (next == '\n') {
            end();
        } else if (next == 1) {
            finish();
            inMark = true;
        } else if (next == '\r') {
            returned = true;
        } else {
            if (returned) {
                returned = false;
                line.reset();
            }
            line.write(next);
            if (line.size() >= MAX_LINE) {
                end();
            }
        }
    }

    private void end() {
        returned = false;
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (inMark) {
            inMark = false;
            String nonce = new String(mark, StandardCharsets.UTF_8);
            if (text.startsWith(nonce + " ")) {
                marks.accept(text.substring(nonce.length() + 1));
                return;
            }
        }
        lines.accept(clean(text));
    }

    static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            int sequence = c == '\u001b' ? escapeLength(text, i) : 0;
            if (sequence > 0 && text.charAt(i + sequence - 1) == 'm') {
                clean.append(text, i, i + sequence);
            } else if (sequence == 0 && (c >= ' ' || c == '\t') && c != '\u007f' && !(c >= '\u0080' && c <= '\u009f')) {
                clean.append(c);
            }
            i += Math.max(1, sequence);
        }
        return clean.toString();
    }

    /** Length of the control sequence that starts here, or 0 if it is none. */
    private static int escapeLength(String text, int start) {
        if (start + 1 >= text.length() || text.charAt(start + 1) != '[') {
            return 0;
        }
        for (int i = start + 2; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '@' && c <= '~') {
                return i - start + 1;
            }
        }
        return 0;
    }
}
