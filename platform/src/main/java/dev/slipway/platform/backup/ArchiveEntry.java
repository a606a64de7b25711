package dev.slipway.platform.backup;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an archive says of one of its files.
 *
 * @param name path in the archive: relative, with slashes, without dots that lead anywhere
 * @param sha256 of the content, 64 hexadecimal digits
 * @param size in bytes
 * @param kind what it is
 */
record ArchiveEntry(String name, String sha256, long size, Kind kind) {
    /** What a file of an archive is. */
    enum Kind {
        FILE("-"),
        EXECUTABLE("x"),
        /** A directory with nothing in it; others come with their files. */
        DIRECTORY("d");

        private final String letter;

        Kind(String letter) {
            this.letter = letter;
        }

        static Kind of(String letter) {
            return letter.equals("x") ? EXECUTABLE : letter.equals("d") ? DIRECTORY : FILE;
        }
    }

    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) (\\d{1,18}) ([xd-]) (.+)");

    ArchiveEntry {
        if (!leadsDown(name)) {
            throw new IllegalArgumentException(
                    "a path that leads out of the archive, or that no backup writes: " + name);
        }
    }

    /** One line of the manifest. */
    String line() {
        return sha256 + " " + size + " " + kind.letter + " " + name;
    }

    /** What {@link #line} wrote; empty for anything else. */
    static Optional<ArchiveEntry> parse(String line) {
        Matcher parts = LINE.matcher(line);
        return parts.matches() && leadsDown(parts.group(4))
                ? Optional.of(new ArchiveEntry(
                        parts.group(4), parts.group(1), Long.parseLong(parts.group(2)), Kind.of(parts.group(3))))
                : Optional.empty();
    }

    /** What a ZIP calls it. */
    String zipName() {
        return kind == Kind.DIRECTORY ? name + "/" : name;
    }

    /** Its first component. */
    String part() {
        int slash = name.indexOf('/');
        return slash < 0 ? name : name.substring(0, slash);
    }

    private static boolean leadsDown(String name) {
        if (name.isEmpty() || name.indexOf('\n') >= 0 || name.indexOf('\\') >= 0 || name.indexOf('\0') >= 0) {
            return false;
        }
        for (String component : name.split("/", -1)) {
            if (component.isEmpty() || component.equals(".") || component.equals("..")) {
                return false;
            }
        }
        return true;
    }
}
