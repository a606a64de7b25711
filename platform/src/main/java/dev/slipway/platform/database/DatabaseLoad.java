package dev.slipway.platform.database;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.PGConnection;

/**
 * Fills an empty database with what a {@link DatabaseDump} read: the tables by the same migrations, then all rows in one
 * transaction. References between tables are checked at its end, and triggers do not fire: what they told is in the rows.
 * It needs to own the tables, and no other privilege.
 */
public final class DatabaseLoad implements AutoCloseable {
    private record Reference(String table, String name, String definition) {}

    private final EmbeddedPostgres.Access access;
    private final Flyway flyway;
    private final Connection connection;
    private boolean done;

    private DatabaseLoad(EmbeddedPostgres.Access access, Flyway flyway, Connection connection) {
        this.access = access;
        this.flyway = flyway;
        this.connection = connection;
    }

    /**
     * Makes the tables.
     *
     * @param migrations directory of the files that made them where the rows come from
     * @throws DatabaseException when the database is not empty, or does not take them
     */
    public static DatabaseLoad into(EmbeddedPostgres.Access access, Path migrations) {
        refuseUnlessEmpty(access);
        Flyway flyway = Flyway.configure(DatabaseLoad.class.getClassLoader())
                .dataSource(access.url(), access.user(), access.password())
                .locations("filesystem:" + migrations)
                .cleanDisabled(false)
                .load();
        try {
            flyway.migrate();
            Connection connection = DriverManager.getConnection(access.url(), access.user(), access.password());
            connection.setAutoCommit(false);
            return new DatabaseLoad(access, flyway, connection);
        } catch (FlywayException | SQLException cause) {
            flyway.clean();
            throw new DatabaseException("make the tables in " + access, cause);
        }
    }

    private static void refuseUnlessEmpty(EmbeddedPostgres.Access access) {
        try (Connection connection = DriverManager.getConnection(access.url(), access.user(), access.password());
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select table_name from information_schema.tables"
                        + " where table_schema = current_schema() order by table_name limit 1")) {
            if (found.next()) {
                throw new DatabaseException(
                        "restore into " + access,
                        "it is not empty, it has a table " + found.getString(1)
                                + ". Make a new database and name that in slipway.database.url");
            }
        } catch (SQLException cause) {
            throw new DatabaseException("look into " + access, cause);
        }
    }

    /** What is done with rows while nothing guards them. */
    public interface Filling {
        void fill() throws IOException;
    }

    /**
     * Empties all tables, lets {@code filling} fill them, and commits when all references lead somewhere.
     *
     * @throws DatabaseException when anything was not taken; the database is empty again after {@link #close}
     */
    public void all(List<DatabaseDump.Table> tables, Filling filling) throws IOException {
        try {
            List<Reference> references = references();
            for (Reference reference : references) {
                run("alter table " + reference.table() + " drop constraint " + DatabaseDump.quoted(reference.name()));
            }
            for (DatabaseDump.Table table : tables) {
                run("alter table " + DatabaseDump.quoted(table.name()) + " disable trigger user");
                run("delete from " + DatabaseDump.quoted(table.name()));
            }
            filling.fill();
            forgetTransactions();
            for (Reference reference : references) {
                run("alter table " + reference.table() + " add constraint " + DatabaseDump.quoted(reference.name())
                        + " " + reference.definition());
            }
            for (DatabaseDump.Table table : tables) {
                run("alter table " + DatabaseDump.quoted(table.name()) + " enable trigger user");
            }
            connection.commit();
            done = true;
        } catch (SQLException cause) {
            throw new DatabaseException("fill " + access, cause);
        }
    }

    /**
     * Reads a table's rows.
     *
     * @return how many
     */
    public long rows(DatabaseDump.Table table, InputStream in) throws IOException {
        try {
            return connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy " + DatabaseDump.columnsOf(table) + " from stdin", in);
        } catch (SQLException cause) {
            throw new DatabaseException("fill the table " + table.name() + " of " + access, cause);
        }
    }

    /** Sets a sequence to where it was. */
    public void sequence(DatabaseDump.Sequence sequence) {
        try (var statement = connection.prepareStatement("select setval(?::regclass, ?, ?)")) {
            statement.setString(1, DatabaseDump.quoted(sequence.name()));
            statement.setLong(2, sequence.value());
            statement.setBoolean(3, sequence.called());
            statement.execute();
        } catch (SQLException cause) {
            throw new DatabaseException("set the sequence " + sequence.name() + " of " + access, cause);
        }
    }

    /** Numbers of transactions mean nothing in another cluster: all that was restored is older than what is to come. */
    private void forgetTransactions() throws SQLException {
        List<String> updates = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet columns = statement.executeQuery("select table_name, column_name"
                        + " from information_schema.columns where table_schema = current_schema()"
                        + " and data_type = 'xid8' and is_generated = 'NEVER'")) {
            while (columns.next()) {
                updates.add("update " + DatabaseDump.quoted(columns.getString(1)) + " set "
                        + DatabaseDump.quoted(columns.getString(2)) + " = '2'");
            }
        }
        for (String update : updates) {
            run(update);
        }
    }

    private List<Reference> references() throws SQLException {
        List<Reference> references = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select conrelid::regclass::text, conname,"
                        + " pg_get_constraintdef(oid) from pg_constraint where contype = 'f'"
                        + " and connamespace = current_schema()::regnamespace order by 1, 2")) {
            while (rows.next()) {
                references.add(new Reference(rows.getString(1), rows.getString(2), rows.getString(3)));
            }
        }
        return references;
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Leaves a filled database, or one that is empty as it was. */
    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException cause) {
            throw new DatabaseException("leave the database " + access, cause);
        }
        if (!done) {
            flyway.clean();
        }
    }
}
