package dev.slipway.platform.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postgresql.PGConnection;

/**
 * All rows of a database as they were at one moment, table by table, in PostgreSQL's own text format; with the names of
 * the migrations that made the tables. It needs no program beside the server, and no privilege beyond reading.
 */
public final class DatabaseDump implements AutoCloseable {
    /**
     * A table without its rows.
     *
     * @param name without a schema
     * @param columns in the order in which rows have them
     */
    public record Table(String name, List<String> columns) {
        /** Copied. */
        public Table {
            columns = List.copyOf(columns);
        }
    }

    /** Where a sequence was; {@code called} is whether that value was given out. */
    public record Sequence(String name, long value, boolean called) {}

    private final Connection connection;
    private final EmbeddedPostgres.Access access;

    private DatabaseDump(Connection connection, EmbeddedPostgres.Access access) {
        this.connection = connection;
        this.access = access;
    }

    /**
     * Holds the database still for this reader; others go on.
     *
     * @throws DatabaseException when it does not answer or holds no Slipway
     */
    public static DatabaseDump begin(EmbeddedPostgres.Access access) {
        try {
            Connection connection = DriverManager.getConnection(access.url(), access.user(), access.password());
            try {
                connection.setReadOnly(true);
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                connection.setAutoCommit(false);
                DatabaseDump dump = new DatabaseDump(connection, access);
                dump.migrations(); // The first statement fixes the moment.
                return dump;
            } catch (SQLException | RuntimeException failed) {
                connection.close();
                throw failed;
            }
        } catch (SQLException cause) {
            throw new DatabaseException("read the database " + access, cause);
        }
    }

    /** File names of the migrations that made the tables. */
    public List<String> migrations() {
        return texts("select regexp_replace(script, '^.*/', '') from flyway_schema_history"
                + " where success and type = 'SQL' order by installed_rank");
    }

    /** All tables but the migrations' own, by name. */
    public List<Table> tables() {
        List<Table> tables = new ArrayList<>();
        for (String name : texts(
                "select table_name from information_schema.tables where table_schema = current_schema()"
                        + " and table_type = 'BASE TABLE' and table_name <> 'flyway_schema_history' order by table_name")) {
            tables.add(new Table(
                    name,
                    texts("select column_name from information_schema.columns where table_schema = current_schema()"
                            + " and is_generated = 'NEVER' and table_name = '" + name
                            + "' order by ordinal_position")));
        }
        return tables;
    }

    /** All sequences, by name. */
    public List<Sequence> sequences() {
        List<Sequence> sequences = new ArrayList<>();
        for (String name : texts("select sequencename from pg_sequences where schemaname = current_schema()"
                + " order by sequencename")) {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select last_value, is_called from " + quoted(name))) {
                row.next();
                sequences.add(new Sequence(name, row.getLong(1), row.getBoolean(2)));
            } catch (SQLException cause) {
                throw new DatabaseException("read the sequence " + name + " of " + access, cause);
            }
        }
        return sequences;
    }

    /** The installation's id, by which it labels what it makes. */
    public String installation() {
        return texts("select id::text from installation").getFirst();
    }

    /**
     * Writes a table's rows.
     *
     * @return how many
     */
    public long rows(Table table, OutputStream out) throws IOException {
        try {
            return connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("copy " + columnsOf(table) + " to stdout", out);
        } catch (SQLException cause) {
            throw new DatabaseException("read the table " + table.name() + " of " + access, cause);
        }
    }

    /** What a migration says, by its file's name; empty when this program does not have it. */
    public static Optional<byte[]> migration(String file) {
        try (InputStream text = DatabaseDump.class.getResourceAsStream("/db/migration/" + file)) {
            return text == null ? Optional.empty() : Optional.of(text.readAllBytes());
        } catch (IOException cause) {
            throw new DatabaseException("read the migration " + file, cause);
        }
    }

    private List<String> texts(String query) {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        } catch (SQLException cause) {
            throw new DatabaseException("read the database " + access, cause);
        }
    }

    static String columnsOf(Table table) {
        return quoted(table.name()) + " ("
                + String.join(
                        ", ", table.columns().stream().map(DatabaseDump::quoted).toList()) + ")";
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException cause) {
            throw new DatabaseException("leave the database " + access, cause);
        }
    }
}
