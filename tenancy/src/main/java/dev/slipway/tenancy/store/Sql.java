package dev.slipway.tenancy.store;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Runs one statement on the connection of the current transaction, or on one of its own if there is none. */
@ApplicationScoped
public class Sql {
    private final DataSource source;

    /** On the connections of a source, for programs without injection. */
    public Sql(DataSource source) {
        this.source = source;
    }

    /**
     * Reads rows.
     *
     * @param values for the question marks: String, Long, Integer, Boolean, UUID, Instant, byte[], String[], Long[]
     * @throws StoreException if the database refuses
     */
    public <T> List<T> query(String sql, RowReader<T> reader, @Nullable Object... values) {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = prepare(connection, sql, values);
                ResultSet result = statement.executeQuery()) {
            List<T> rows = new ArrayList<>();
            Row row = new Row(result);
            while (result.next()) {
                rows.add(reader.read(row));
            }
            return rows;
        } catch (SQLException e) {
            throw new StoreException(sql, e);
        }
    }

    /** Reads the first row, if there is one. */
    public <T> Optional<T> first(String sql, RowReader<T> reader, @Nullable Object... values) {
        return query(sql, reader, values).stream().findFirst();
    }

    /** Changes rows and says how many. */
    public int update(String sql, @Nullable Object... values) {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = prepare(connection, sql, values)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new StoreException(sql, e);
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, @Nullable Object... values)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int at = 0; at < values.length; at++) {
                set(connection, statement, at + 1, values[at]);
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private static void set(Connection connection, PreparedStatement statement, int at, @Nullable Object value)
            throws SQLException {
        switch (value) {
            case Instant instant -> statement.setObject(at, instant.atOffset(ZoneOffset.UTC));
            case byte[] bytes -> statement.setBytes(at, bytes);
            case String[] texts -> statement.setArray(at, connection.createArrayOf("text", texts));
            case Long[] numbers -> statement.setArray(at, connection.createArrayOf("bigint", numbers));
            case null, default -> statement.setObject(at, value);
        }
    }
}
