package dev.slipway.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over the real server, with every way in which the last one can have ended. */
class EmbeddedPostgresTest {
    private static final Path PROGRAMS = Path.of("target/postgres");

    @TempDir
    Path home;

    private EmbeddedPostgres postgres() {
        return EmbeddedPostgres.of(home.resolve("postgres"), PROGRAMS);
    }

    @AfterEach
    void stop() {
        postgres().stop();
    }

    @Test
    void keepsWhatWasWrittenOverStopAndStart() throws Exception {
        write(postgres().start(), "kept");
        postgres().stop();
        assertThat(postgres().pid()).isEmpty();
        assertThat(read(postgres().start())).isEqualTo("kept");
    }

    @Test
    void isTakenOverWhenTheProgramWasKilledAndTheServerWasNot() throws Exception {
        EmbeddedPostgres.Access before = postgres().start();
        long pid = postgres().pid().orElseThrow();
        write(before, "kept");
        EmbeddedPostgres.Access after = postgres().start();
        assertThat(postgres().pid()).contains(pid);
        assertThat(after).isEqualTo(before);
        assertThat(read(after)).isEqualTo("kept");
    }

    @Test
    void recoversWhenTheServerWasKilled() throws Exception {
        write(postgres().start(), "committed");
        long pid = postgres().pid().orElseThrow();
        kill(pid);
        assertThat(home.resolve("postgres/data/postmaster.pid")).exists();
        assertThat(read(postgres().start())).isEqualTo("committed");
        assertThat(postgres().pid()).isPresent().get().isNotEqualTo(pid);
    }

    @Test
    void startsWhenAfterARebootItsOldNumberBelongsToSomebodyElse() throws Exception {
        write(postgres().start(), "committed");
        postgres().stop();
        String stranger = Long.toString(ProcessHandle.current().pid());
        Files.write(
                home.resolve("postgres/data/postmaster.pid"),
                List.of(stranger, home.resolve("postgres/data").toString(), "1", "5432", "", "", "", "ready"));
        assertThat(read(postgres().start())).isEqualTo("committed");
    }

    @Test
    void beginsAnewWhenTheMakingWasCutOff() throws Exception {
        Path draft = home.resolve("postgres/data.new");
        Files.createDirectories(draft.resolve("base"));
        Files.writeString(draft.resolve("PG_VERSION"), "17");
        write(postgres().start(), "fine");
        assertThat(draft).doesNotExist();
    }

    @Test
    void lastsWithoutAPasswordForNobodyAndFromThisMachineOnly() throws Exception {
        EmbeddedPostgres.Access access = postgres().start();
        assertThatThrownBy(() -> DriverManager.getConnection(access.url(), access.user(), "wrong"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
        assertThat(access.toString()).doesNotContain(access.password());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("postgres/password"))))
                .isEqualTo("rw-------");
        assertThat(setting(access, "listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(setting(access, "unix_socket_directories")).isEmpty();
        assertThat(setting(access, "fsync")).isEqualTo("on");
        assertThat(setting(access, "synchronous_commit")).isEqualTo("on");
    }

    @Test
    void refusesDataOfAnotherMajorVersion() throws Exception {
        Files.createDirectories(home.resolve("postgres/data"));
        Files.writeString(home.resolve("postgres/data/PG_VERSION"), "15\n");
        assertThatThrownBy(() -> postgres().start())
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("made by PostgreSQL 15 and this Slipway brings 17");
    }

    private static void kill(long pid) throws Exception {
        ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
        server.destroyForcibly();
        server.onExit().get(10, TimeUnit.SECONDS);
    }

    private static void write(EmbeddedPostgres.Access access, String value) throws SQLException {
        try (Connection connection = open(access);
                Statement statement = connection.createStatement()) {
            statement.execute("create table kept(word text)");
            statement.execute("insert into kept values ('" + value + "')");
        }
    }

    private static String read(EmbeddedPostgres.Access access) throws SQLException {
        return one(access, "select word from kept");
    }

    private static String setting(EmbeddedPostgres.Access access, String name) throws SQLException {
        return one(access, "show " + name);
    }

    private static String one(EmbeddedPostgres.Access access, String query) throws SQLException {
        try (Connection connection = open(access);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Connection open(EmbeddedPostgres.Access access) throws SQLException {
        return DriverManager.getConnection(access.url(), access.user(), access.password());
    }
}
