package dev.slipway.platform.backup;

import dev.slipway.platform.database.DatabaseDump;
import dev.slipway.platform.database.DatabaseLoad;
import dev.slipway.platform.database.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The database in an archive:
 *
 * <pre>
 * database/migrations/V001__tenancy.sql   what made its tables
 * database/rows/app                       the rows of a table, in PostgreSQL's text format
 * database/contents                       a line for each table and sequence:
 *                                         table app 17 id,tenant,name
 *                                         sequence event_seq_seq 4711 true
 * </pre>
 */
final class DatabaseParts {
    static final String PART = "database";
    private static final String MIGRATIONS = PART + "/migrations/";
    private static final String ROWS = PART + "/rows/";
    private static final String CONTENTS = PART + "/contents";

    private DatabaseParts() {}

    /** Writes what {@code dump} sees. */
    static void write(DatabaseDump dump, ArchiveWriter archive) throws IOException {
        for (String file : dump.migrations()) {
            byte[] text = DatabaseDump.migration(file)
                    .orElseThrow(() -> new BackupException(
                            "back up the database",
                            "a newer Slipway has used it (" + file + "); back it up with that version"));
            archive.addPacked(MIGRATIONS + file, out -> out.write(text));
        }
        StringBuilder contents = new StringBuilder();
        for (DatabaseDump.Table table : dump.tables()) {
            long[] rows = {0};
            archive.addPacked(ROWS + table.name(), out -> rows[0] = dump.rows(table, out));
            contents.append("table ").append(table.name()).append(' ').append(rows[0]);
            contents.append(' ').append(String.join(",", table.columns())).append('\n');
        }
        for (DatabaseDump.Sequence sequence : dump.sequences()) {
            contents.append("sequence ").append(sequence.name()).append(' ').append(sequence.value());
            contents.append(' ').append(sequence.called()).append('\n');
        }
        archive.addPacked(CONTENTS, out -> out.write(contents.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Refuses an archive of a Slipway that has other migrations than this one knows.
     *
     * @throws BackupException naming the first
     */
    static void check(Archive archive) throws IOException {
        if (archive.entry(CONTENTS).isEmpty()) {
            throw archive.refusal("it holds no database");
        }
        for (ArchiveEntry entry : archive.entries()) {
            if (entry.name().startsWith(MIGRATIONS)) {
                String file = entry.name().substring(MIGRATIONS.length());
                byte[] known = DatabaseDump.migration(file)
                        .orElseThrow(() -> archive.refusal("a newer Slipway wrote it: its database has had " + file
                                + ", which this one does not know. Restore it with that version or a newer one"));
                try (InputStream there = archive.open(entry)) {
                    if (!Arrays.equals(known, there.readAllBytes())) {
                        throw archive.refusal("its database was made by another " + file
                                + " than this Slipway has. Restore it with the version that wrote it");
                    }
                }
            }
        }
    }

    /**
     * Fills an empty database.
     *
     * @param draft an empty directory for the while
     */
    static void load(Archive archive, EmbeddedPostgres.Access access, Path draft) throws IOException {
        for (ArchiveEntry entry : archive.entries()) {
            if (entry.name().startsWith(MIGRATIONS)) {
                try (InputStream text = archive.open(entry)) {
                    Files.copy(text, draft.resolve(entry.name().substring(MIGRATIONS.length())));
                }
            }
        }
        Map<String, Long> counts = new TreeMap<>();
        List<DatabaseDump.Table> tables = new ArrayList<>();
        List<DatabaseDump.Sequence> sequences = new ArrayList<>();
        readContents(archive, counts, tables, sequences);
        try (DatabaseLoad load = DatabaseLoad.into(access, draft)) {
            load.all(tables, () -> {
                for (DatabaseDump.Table table : tables) {
                    loadRows(archive, load, table, counts.getOrDefault(table.name(), 0L));
                }
                sequences.forEach(load::sequence);
            });
        }
    }

    private static void loadRows(Archive archive, DatabaseLoad load, DatabaseDump.Table table, long expected)
            throws IOException {
        ArchiveEntry entry = archive.entry(ROWS + table.name())
                .orElseThrow(() -> archive.refusal("it lacks the rows of the table " + table.name()));
        try (InputStream rows = archive.open(entry)) {
            long loaded = load.rows(table, rows);
            if (loaded != expected) {
                throw archive.refusal(
                        "of the table " + table.name() + " " + loaded + " rows came instead of " + expected);
            }
        }
    }

    private static void readContents(
            Archive archive,
            Map<String, Long> counts,
            List<DatabaseDump.Table> tables,
            List<DatabaseDump.Sequence> sequences)
            throws IOException {
        ArchiveEntry entry = archive.entry(CONTENTS).orElseThrow(() -> archive.refusal("it holds no database"));
        String text;
        try (InputStream in = archive.open(entry)) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        for (String line : text.lines().toList()) {
            String[] words = line.split(" ", -1);
            if (words.length == 4 && words[0].equals("table") && words[2].matches("\\d{1,18}")) {
                counts.put(words[1], Long.parseLong(words[2]));
                tables.add(new DatabaseDump.Table(words[1], List.of(words[3].split(",", -1))));
            } else if (words.length == 4 && words[0].equals("sequence") && words[2].matches("-?\\d{1,18}")) {
                sequences.add(
                        new DatabaseDump.Sequence(words[1], Long.parseLong(words[2]), Boolean.parseBoolean(words[3])));
            } else {
                throw archive.refusal(CONTENTS + " has a line that no backup writes: " + line);
            }
        }
    }
}
