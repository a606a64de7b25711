package dev.slipway.platform.runtime.mesos;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Makes lines of the bytes of a sandbox file, without those that the executor wrote about itself. Pure. */
final class SandboxLines {
    private static final int LONGEST = 16 * 1024;
    private static final Pattern EXECUTOR =
            Pattern.compile("[IWEF]\\d{4} \\d{2}:\\d{2}:\\d{2}\\.\\d{6}\\s+\\d+ [a-z_]+\\.[ch]pp:\\d+\\] .*");

    private final ByteArrayOutputStream open = new ByteArrayOutputStream();
    private final boolean withExecutor;

    /**
     * @param stderr whether it is the file that the executor writes to
     */
    SandboxLines(boolean stderr) {
        this.withExecutor = !stderr;
    }

    void feed(byte[] data, Consumer<String> lines) {
        for (byte next : data) {
            if (next == '\n') {
                flush(lines);
            } else {
                open.write(next);
                if (open.size() >= LONGEST) {
                    flush(lines);
                }
            }
        }
    }

    /** The end: what is open is a line. */
    void end(Consumer<String> lines) {
        if (open.size() > 0) {
            flush(lines);
        }
    }

    private void flush(Consumer<String> lines) {
        String line = open.toString(StandardCharsets.UTF_8);
        open.reset();
        if (line.endsWith("\r")) {
            line = line.substring(0, line.length() - 1);
        }
        if (withExecutor || !EXECUTOR.matcher(line).matches()) {
            lines.accept(line);
        }
    }

    /** At most 20 lines and 4 KiB, the newest of both; errors last. */
    static List<String> last(List<String> output, List<String> errors) {
        List<String> ofErrors = errors.subList(Math.max(0, errors.size() - 10), errors.size());
        int room = 20 - ofErrors.size();
        List<String> both = new java.util.ArrayList<>(output.subList(Math.max(0, output.size() - room), output.size()));
        both.addAll(ofErrors);
        int bytes = both.stream().mapToInt(String::length).sum();
        while (bytes > 4096 && !both.isEmpty()) {
            String first = both.removeFirst();
            bytes -= first.length();
            if (both.isEmpty()) {
                both.add(first.substring(Math.max(0, first.length() - 4096)));
                break;
            }
        }
        return both;
    }
}
