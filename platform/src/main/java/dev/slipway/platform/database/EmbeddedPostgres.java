package dev.slipway.platform.database;

import dev.slipway.platform.loop.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * A PostgreSQL server that belongs to one Slipway home: durable, on the loopback interface only, with a password.
 *
 * <p>It outlives a Slipway that is killed, and the next one on the same home takes it over. See decision 0070.
 */
public final class EmbeddedPostgres {
    /** How Slipway reaches it. The password does not show in {@code toString}. */
    public record Access(String url, String user, String password) {
        @Override
        public String toString() {
            return user + "@" + url;
        }
    }

    private static final Logger LOG = Logger.getLogger(EmbeddedPostgres.class);
    private static final String ROLE = "slipway";
    private static final String MAJOR = PostgresPrograms.VERSION.substring(0, PostgresPrograms.VERSION.indexOf('.'));
    private static final Duration INITDB_BOUND = Duration.ofMinutes(3);
    private static final Duration START_BOUND = Duration.ofMinutes(2);
    private static final Duration STOP_BOUND = Duration.ofSeconds(30);
    private static final int START_TRIES = 5;

    private final PostgresDirectory directory;
    private final PostgresPrograms programs;
    private final PostgresCommand command;

    private EmbeddedPostgres(PostgresDirectory directory, PostgresPrograms programs) {
        this.directory = directory;
        this.programs = programs;
        this.command = new PostgresCommand(directory.startLog());
    }

    /**
     * The server of a home, not yet started.
     *
     * @param root directory of the database, such as {@code SLIPWAY_HOME/postgres}
     * @param programs directory to unpack PostgreSQL's programs into, or to find them in
     */
    public static EmbeddedPostgres of(Path root, Path programs) {
        PostgresDirectory directory = PostgresDirectory.make(root);
        return new EmbeddedPostgres(directory, PostgresPrograms.in(programs.toAbsolutePath()));
    }

    /**
     * Brings the server up, or finds it running, and returns when it answers queries.
     *
     * @throws DatabaseException when it does not come up; the message says why
     */
    public Access start() {
        Access access = running().map(this::attach).orElseGet(this::launch);
        if (!Files.exists(directory.databaseMade())) {
            makeDatabase(access);
        }
        return access;
    }

    /** Ends the server: sessions are cut, data is written. Does nothing when it does not run. */
    public void stop() {
        if (running().isEmpty()) {
            return;
        }
        command.run(
                "stop PostgreSQL",
                STOP_BOUND.plusSeconds(10),
                List.of(
                        programs.pgCtl().toString(),
                        "stop",
                        "--pgdata=" + directory.data(),
                        "--mode=fast",
                        "--wait",
                        "--timeout=" + STOP_BOUND.toSeconds()));
    }

    /** The pid of the running server. */
    public Optional<Long> pid() {
        return running().map(PostmasterFile::pid);
    }

    private Optional<PostmasterFile> running() {
        return PostmasterFile.read(directory.postmasterFile()).filter(PostmasterFile::alive);
    }

    private boolean takesQueries() {
        return running().filter(PostmasterFile::ready).isPresent();
    }

    private Access attach(PostmasterFile found) {
        LOG.infof("embedded database still runs, taking it over pid=%d port=%d", found.pid(), found.port());
        Patience patience = new Patience(Duration.ofMillis(100), START_BOUND);
        Access[] access = {access(found.port())};
        boolean answers = patience.until(() -> {
            access[0] = access(running().map(PostmasterFile::port).orElse(0));
            return answers(access[0]);
        });
        if (!answers) {
            throw new DatabaseException(
                    "take over PostgreSQL of " + directory.root() + " (pid " + found.pid() + ")",
                    "it does not answer queries; see " + directory.data().resolve("log"));
        }
        return access[0];
    }

    private Access launch() {
        initialise();
        removeStalePostmasterFile();
        DatabaseException last = null;
        for (int attempt = 0; attempt < START_TRIES; attempt++) {
            int port = freePort();
            try {
                // The server's own file says so up to a tenth of a second before pg_ctl looks at it again.
                command.run(
                        "start PostgreSQL in " + directory.root(), START_BOUND, startCommand(port), this::takesQueries);
                return access(port);
            } catch (DatabaseException failed) {
                // The port was taken meanwhile, or servants of a killed server have not noticed yet that it is gone.
                last = failed;
                new Patience(Duration.ofMillis(300), Duration.ofMillis(300)).until(() -> false);
            }
        }
        throw last;
    }

    private List<String> startCommand(int port) {
        return List.of(
                programs.pgCtl().toString(),
                "start",
                "--pgdata=" + directory.data(),
                "--wait",
                "--timeout=" + START_BOUND.toSeconds(),
                "--options=" + String.join(" ", PostgresSettings.options(port)));
    }

    private void initialise() {
        checkVersion();
        if (Files.exists(directory.data())) {
            return;
        }
        Path draft = directory.dataInTheMaking();
        directory.password();
        try {
            PostgresPrograms.removeTree(draft);
            command.run("make the database " + draft, INITDB_BOUND, initCommand(draft));
            Files.move(draft, directory.data());
        } catch (IOException cause) {
            throw new DatabaseException("make the database " + directory.data(), cause);
        }
    }

    private List<String> initCommand(Path draft) {
        return List.of(
                programs.initdb().toString(),
                "--pgdata=" + draft,
                "--username=" + ROLE,
                "--pwfile=" + directory.passwordFile(),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--data-checksums");
    }

    private void checkVersion() {
        Path file = directory.data().resolve("PG_VERSION");
        try {
            String found = Files.exists(file) ? Files.readString(file).strip() : MAJOR;
            if (!found.equals(MAJOR)) {
                throw new DatabaseException(
                        "open the database " + directory.data(),
                        "it was made by PostgreSQL " + found + " and this Slipway brings " + MAJOR
                                + "; dump it with the old version and load it with the new one");
            }
        } catch (IOException cause) {
            throw new DatabaseException("read " + file, cause);
        }
    }

    private void removeStalePostmasterFile() {
        try {
            if (Files.deleteIfExists(directory.postmasterFile())) {
                LOG.infof("embedded database was not shut down, it recovers directory=%s", directory.root());
            }
        } catch (IOException cause) {
            throw new DatabaseException("remove the stale " + directory.postmasterFile(), cause);
        }
    }

    private void makeDatabase(Access access) {
        try (Connection connection = connect(access, "postgres");
                Statement statement = connection.createStatement()) {
            if (!hasDatabase(statement)) {
                statement.execute("create database " + ROLE);
            }
            Files.writeString(directory.databaseMade(), "");
        } catch (SQLException | IOException cause) {
            throw new DatabaseException("make the database " + ROLE + " at " + access.url(), cause);
        }
    }

    private static boolean hasDatabase(Statement statement) throws SQLException {
        try (ResultSet found = statement.executeQuery("select 1 from pg_database where datname = '" + ROLE + "'")) {
            return found.next();
        }
    }

    private boolean answers(Access access) {
        try (Connection connection = connect(access, "postgres")) {
            return connection.isValid(5);
        } catch (SQLException notYet) {
            LOG.debugf(notYet, "embedded database does not answer yet");
            return false;
        }
    }

    private static Connection connect(Access access, String database) throws SQLException {
        String url = access.url().replaceAll("/" + ROLE + "$", "/" + database);
        return DriverManager.getConnection(url, access.user(), access.password());
    }

    private Access access(int port) {
        return new Access("jdbc:postgresql://127.0.0.1:" + port + "/" + ROLE, ROLE, directory.password());
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException cause) {
            throw new DatabaseException("find a free port for PostgreSQL", cause);
        }
    }
}
