package dev.slipway.platform.verbs;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rows of text in columns that are as wide as they must be, two spaces apart, without lines or colour. */
final class Table {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    Table(String... headings) {
        rows.add(List.of(headings));
    }

    /** Adds a row; times are cut to seconds, lists joined, what is absent is a hyphen. */
    Table row(Object... cells) {
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(text(cell));
        }
        rows.add(row);
        return this;
    }

    /** The lines, headings first; without rows nothing. */
    List<String> lines() {
        if (rows.size() == 1) {
            return List.of();
        }
        int[] widths = new int[rows.getFirst().size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], width(row.get(column)));
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = row.get(column);
            line.append(cell);
            if (column < widths.length - 1) {
                line.append(" ".repeat(widths[column] - width(cell))).append(GAP);
            }
        }
        return line.toString().stripTrailing();
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }

    static String text(Object cell) {
        String text = switch (cell) {
            case Optional<?> optional -> optional.map(Table::text).orElse("-");
            case Instant at -> at.truncatedTo(ChronoUnit.SECONDS).toString();
            case List<?> list -> String.join(" ", list.stream().map(Table::text).toList());
            default -> String.valueOf(cell);
        };
        // What people wrote (commit subjects, comments) must not move the cursor of those who read it.
        String plain = firstLine(text).replaceAll("\\p{Cntrl}", " ");
        return plain.isEmpty() ? "-" : plain;
    }

    /** A row is one line: of a text with more, the first one and a sign that there is more. */
    private static String firstLine(String text) {
        String whole = text.strip();
        int end = whole.indexOf('\n');
        return end < 0 ? whole : whole.substring(0, end).stripTrailing() + " …";
    }
}
