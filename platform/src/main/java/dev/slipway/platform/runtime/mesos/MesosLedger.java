package dev.slipway.platform.runtime.mesos;

import dev.slipway.platform.runtime.InstanceId;
import dev.slipway.platform.runtime.RuntimeUnavailableException;
import dev.slipway.platform.site.StaleLeaderException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * The framework and its tasks in the database. A batch is one transaction, one statement for all its rows, and holds the
 * leader's epoch: who has been succeeded writes nothing.
 */
final class MesosLedger {
    private static final String UPSERT = """
            insert into mesos_task (id, site, role, app, one_off, agent_id, host, agent_port, port, phase, exit_code,
                out_of_memory, lost, message, lines, kill_wanted, dropped, uuid, since)
            select * from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::boolean[], ?::text[], ?::text[], ?::int[],
                ?::int[], ?::text[], ?::int[], ?::boolean[], ?::boolean[], ?::text[], ?::text[], ?::boolean[], ?::boolean[],
                ?::text[], ?::timestamptz[])
            on conflict (id) do update set agent_id = excluded.agent_id, host = excluded.host,
                agent_port = excluded.agent_port, port = excluded.port, phase = excluded.phase,
                exit_code = excluded.exit_code, out_of_memory = excluded.out_of_memory, lost = excluded.lost,
                message = excluded.message, lines = excluded.lines, kill_wanted = excluded.kill_wanted,
                dropped = excluded.dropped, uuid = excluded.uuid, since = excluded.since
            """;

    private final DataSource database;
    private final String site;
    private final Supplier<Optional<Long>> epoch;

    /**
     * @param epoch in which this process leads, if it does
     */
    MesosLedger(DataSource database, String site, Supplier<Optional<Long>> epoch) {
        this.database = database;
        this.site = site;
        this.epoch = epoch;
    }

    /**
     * The framework of the site.
     *
     * @param removed whether the master has called it removed
     * @param reason what the master said
     */
    record Framework(String id, boolean removed, String reason, int generation) {}

    /** Whether this process leads, as far as it knows. */
    boolean leads() {
        return epoch.get().isPresent();
    }

    private interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    private <T> T transaction(String attempted, Work<T> work) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                hold(connection);
                T result = work.in(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new RuntimeUnavailableException(attempted, "site " + site, String.valueOf(e.getMessage()), e);
        }
    }

    private void hold(Connection connection) throws SQLException {
        long mine = epoch.get().orElseThrow(() -> new StaleLeaderException(0));
        try (PreparedStatement select = connection.prepareStatement("select leader_epoch from installation for share");
                ResultSet row = select.executeQuery()) {
            if (!row.next() || row.getLong(1) != mine) {
                throw new StaleLeaderException(mine);
            }
        }
    }

    /** The framework, made if there is none. */
    Framework framework(Function<Integer, String> newId) {
        return transaction("write down the framework of", connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into mesos_framework (site, framework_id, state) values (?, ?, 'ACTIVE') on conflict do nothing")) {
                insert.setString(1, site);
                insert.setString(2, newId.apply(1));
                insert.executeUpdate();
            }
            return read(connection).orElseThrow();
        });
    }

    private Optional<Framework> read(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select framework_id, state, reason, generation from mesos_framework where site = ?")) {
            select.setString(1, site);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Framework(
                                row.getString(1), row.getString(2).equals("REMOVED"), row.getString(3), row.getInt(4)))
                        : Optional.empty();
            }
        }
    }

    /** The master does not take this id any more; nothing replaces it until a person decides. */
    void removed(String frameworkId, String reason) {
        transaction("write down the removal of the framework of", connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "update mesos_framework set state = 'REMOVED', reason = ?, changed_at = now()"
                            + " where site = ? and framework_id = ?")) {
                update.setString(1, reason);
                update.setString(2, site);
                update.setString(3, frameworkId);
                return update.executeUpdate();
            }
        });
    }

    /** Takes a new id from now on, and forgets the tasks. */
    void replace(Function<Integer, String> newId) {
        transaction("replace the framework of", connection -> {
            take(connection, newId, List.of());
            return 0;
        });
    }

    /**
     * Takes another id from now on, with these tasks instead of those that are known. Joins the caller's transaction,
     * who has to hold the leader's epoch.
     */
    void adopt(String frameworkId, List<MesosTask> tasks) {
        try (Connection connection = database.getConnection()) {
            take(connection, generation -> frameworkId, tasks);
        } catch (SQLException e) {
            throw new RuntimeUnavailableException(
                    "adopt a framework for", "site " + site, String.valueOf(e.getMessage()), e);
        }
    }

    private void take(Connection connection, Function<Integer, String> newId, List<MesosTask> tasks)
            throws SQLException {
        int next = read(connection).map(Framework::generation).orElse(0) + 1;
        try (PreparedStatement upsert = connection.prepareStatement(
                "insert into mesos_framework (site, framework_id, state, generation) values (?, ?, 'ACTIVE', ?)"
                        + " on conflict (site) do update set framework_id = excluded.framework_id, state = 'ACTIVE',"
                        + " reason = '', generation = excluded.generation, changed_at = now()")) {
            upsert.setString(1, site);
            upsert.setString(2, newId.apply(next));
            upsert.setInt(3, next);
            upsert.executeUpdate();
        }
        try (PreparedStatement delete = connection.prepareStatement("delete from mesos_task where site = ?")) {
            delete.setString(1, site);
            delete.executeUpdate();
        }
        if (!tasks.isEmpty()) {
            upsert(connection, tasks);
        }
    }

    /** Forgets the framework and its tasks. */
    void forget() {
        transaction("forget the framework of", connection -> {
            try (PreparedStatement delete = connection.prepareStatement("delete from mesos_framework where site = ?")) {
                delete.setString(1, site);
                return delete.executeUpdate();
            }
        });
    }

    /** The framework, if there is one. */
    Optional<Framework> known() {
        try (Connection connection = database.getConnection()) {
            return read(connection);
        } catch (SQLException e) {
            throw new RuntimeUnavailableException(
                    "read the framework of", "site " + site, String.valueOf(e.getMessage()), e);
        }
    }

    /** How many tasks run that nobody here knows anything of. */
    int aside() {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select count(*) from mesos_task where site = ? and dropped and not kill_wanted")) {
            select.setString(1, site);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        } catch (SQLException e) {
            throw new RuntimeUnavailableException(
                    "count the tasks of", "site " + site, String.valueOf(e.getMessage()), e);
        }
    }

    List<MesosTask> tasks() {
        return transaction("read the tasks of", connection -> {
            try (PreparedStatement select = connection.prepareStatement("select * from mesos_task where site = ?")) {
                select.setString(1, site);
                try (ResultSet row = select.executeQuery()) {
                    List<MesosTask> tasks = new ArrayList<>();
                    while (row.next()) {
                        tasks.add(task(row));
                    }
                    return tasks;
                }
            }
        });
    }

    private static MesosTask task(ResultSet row) throws SQLException {
        MesosTask.Phase phase = MesosTask.Phase.valueOf(row.getString("phase"));
        String lines = row.getString("lines");
        Optional<List<String>> read = lines == null
                ? Optional.empty()
                : Optional.of(lines.isEmpty() ? List.of() : Arrays.asList(lines.split("\n", -1)));
        Optional<MesosTask.Ending> ending = phase == MesosTask.Phase.ENDED
                ? Optional.of(new MesosTask.Ending(
                        row.getInt("exit_code"),
                        row.getBoolean("out_of_memory"),
                        row.getBoolean("lost"),
                        Optional.ofNullable(row.getString("message")).orElse(""),
                        read))
                : Optional.empty();
        return new MesosTask(
                new InstanceId(row.getObject("id", UUID.class)),
                row.getString("role"),
                row.getString("app"),
                row.getBoolean("one_off"),
                row.getString("agent_id"),
                row.getString("host"),
                row.getInt("agent_port"),
                row.getInt("port"),
                phase,
                ending,
                row.getBoolean("kill_wanted"),
                row.getBoolean("dropped"),
                row.getString("uuid"),
                row.getTimestamp("since").toInstant());
    }

    /** Writes a batch: all of it or nothing. */
    void write(List<MesosTask> stored, Collection<InstanceId> deleted) {
        transaction("write down tasks of", connection -> {
            if (!stored.isEmpty()) {
                upsert(connection, stored);
            }
            if (!deleted.isEmpty()) {
                try (PreparedStatement delete =
                        connection.prepareStatement("delete from mesos_task where id = any(?::uuid[])")) {
                    delete.setArray(
                            1,
                            connection.createArrayOf(
                                    "uuid",
                                    deleted.stream().map(InstanceId::value).toArray()));
                    delete.executeUpdate();
                }
            }
            return stored.size();
        });
    }

    private void upsert(Connection connection, List<MesosTask> tasks) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UPSERT)) {
            Columns columns = new Columns(connection, statement, tasks);
            columns.add("uuid", task -> task.id().value());
            columns.add("text", task -> site);
            columns.add("text", MesosTask::role);
            columns.add("text", MesosTask::app);
            columns.add("bool", MesosTask::oneOff);
            columns.add("text", MesosTask::agentId);
            columns.add("text", MesosTask::host);
            columns.add("int4", MesosTask::agentPort);
            columns.add("int4", MesosTask::port);
            columns.add("text", task -> task.phase().name());
            columns.add(
                    "int4", task -> task.ending().map(MesosTask.Ending::code).orElse(0));
            columns.add(
                    "bool",
                    task -> task.ending().map(MesosTask.Ending::outOfMemory).orElse(false));
            columns.add(
                    "bool", task -> task.ending().map(MesosTask.Ending::lost).orElse(false));
            columns.add(
                    "text", task -> task.ending().map(MesosTask.Ending::message).orElse(""));
            columns.addNullable(
                    "text",
                    task -> task.ending()
                            .flatMap(MesosTask.Ending::lines)
                            .map(lines -> String.join("\n", lines).replace('\0', ' ')));
            columns.add("bool", MesosTask::killWanted);
            columns.add("bool", MesosTask::dropped);
            columns.add("text", MesosTask::uuid);
            columns.add(
                    "timestamptz",
                    task -> Timestamp.from(task.since().isBefore(Instant.EPOCH) ? Instant.EPOCH : task.since()));
            statement.executeUpdate();
        }
    }

    /** The rows' columns as arrays, one parameter each. */
    private static final class Columns {
        private final Connection connection;
        private final PreparedStatement statement;
        private final List<MesosTask> tasks;
        private int index;

        Columns(Connection connection, PreparedStatement statement, List<MesosTask> tasks) {
            this.connection = connection;
            this.statement = statement;
            this.tasks = tasks;
        }

        void add(String type, Function<MesosTask, Object> value) throws SQLException {
            addNullable(type, task -> Optional.of(value.apply(task)));
        }

        void addNullable(String type, Function<MesosTask, Optional<?>> value) throws SQLException {
            Object[] values = new Object[tasks.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = value.apply(tasks.get(i)).orElse(null);
            }
            Array array = connection.createArrayOf(type, values);
            statement.setArray(++index, array);
        }
    }
}
