package dev.slipway.platform.runtime.mesos;

import dev.slipway.platform.database.DatabaseForTests;
import dev.slipway.platform.loop.Loops;
import dev.slipway.platform.runtime.Await;
import dev.slipway.platform.runtime.InstanceId;
import dev.slipway.platform.runtime.LaunchSpec;
import dev.slipway.platform.runtime.PullCredentials;
import dev.slipway.platform.runtime.PullTickets;
import dev.slipway.platform.runtime.ResourceLimits;
import dev.slipway.platform.runtime.mesos.fake.RealTimer;
import dev.slipway.platform.runtime.mesos.wire.MasterCredentials;
import dev.slipway.platform.site.InstallationId;
import dev.slipway.registry.oci.ImageReference;
import dev.slipway.tenancy.identity.AppName;
import dev.slipway.tenancy.identity.TenantName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A database with the program's tables, and runtimes that use it; one for all tests of a run. */
final class MesosWorld implements AutoCloseable {
    static final ImageReference IMAGE = ImageReference.parse("127.0.0.1:5000/acme/shop@sha256:" + "00ff".repeat(16));
    static final Duration BOUND = Duration.ofSeconds(20);

    /** Tickets that nobody redeems: they lead to nowhere. */
    static final PullTickets TICKETS = (base, image, credentials) -> base + "/pull/ticket-of-" + credentials.user();

    private static final PGSimpleDataSource DATABASE = new PGSimpleDataSource();

    static {
        DatabaseForTests database = new DatabaseForTests();
        Map<String, String> access = database.start();
        java.lang.Runtime.getRuntime().addShutdownHook(new Thread(database::stop));
        DATABASE.setUrl(access.get("quarkus.datasource.jdbc.url"));
        DATABASE.setUser(access.get("quarkus.datasource.username"));
        DATABASE.setPassword(access.get("quarkus.datasource.password"));
        migrate("V010__platform.sql");
        migrate("V070__mesos.sql");
    }

    final RealTimer timer = new RealTimer();
    final InstallationId installation = new InstallationId(UUID.fromString("5eed0000-0000-4000-8000-000000000001"));
    final String site = "site-" + UUID.randomUUID();
    /** The database does not answer while this is set. */
    final AtomicBoolean databaseDown = new AtomicBoolean();

    private long epoch = readEpoch();

    private static long readEpoch() {
        return number("select leader_epoch from installation");
    }

    private static void migrate(String script) {
        try (var in = MesosWorld.class.getResourceAsStream("/db/migration/" + script)) {
            change(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static long number(String query) {
        try (Connection connection = DATABASE.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static void change(String sql) {
        try (Connection connection = DATABASE.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    DataSource database() {
        return (DataSource) java.lang.reflect.Proxy.newProxyInstance(
                MesosWorld.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (databaseDown.get()) {
                        throw new SQLException("the database is down");
                    }
                    return method.invoke(DATABASE, arguments);
                });
    }

    MesosLedger ledger() {
        return new MesosLedger(database(), site, () -> Optional.of(epoch));
    }

    /** Somebody else leads from now on. */
    void succeeded() {
        change("update installation set leader_epoch = leader_epoch + 1");
    }

    void leadAgain() {
        epoch = readEpoch();
    }

    MesosSite at(String masters) {
        return MesosSite.of(site, masters, new MasterCredentials.None()).waiting(Duration.ofSeconds(15));
    }

    MesosRuntime start(MesosSite where) {
        return new MesosRuntime(
                where,
                installation,
                TICKETS,
                ledger(),
                timer.work(),
                Clock.systemUTC(),
                Thread::sleep,
                new Loops(timer, new Random(1)));
    }

    static void awaitConnected(MesosRuntime runtime) {
        Await.until("connected", BOUND, () -> runtime.health().available());
    }

    static InstanceId newId() {
        return new InstanceId(UUID.randomUUID());
    }

    static LaunchSpec spec(InstanceId id, String tenant, long cpuMillis, long megabytes) {
        return new LaunchSpec(
                id,
                TenantName.of(tenant),
                AppName.of("shop"),
                "web",
                1,
                "v12",
                IMAGE,
                Optional.of(List.of("/bin/sh", "-c", "exec sleep 100")),
                Map.of("PORT", "8080"),
                8080,
                new ResourceLimits(cpuMillis, megabytes << 20, 64, 1 << 20),
                Optional.empty(),
                Map.of(),
                new PullCredentials("robot", "secret"));
    }

    @Override
    public void close() {
        timer.close();
    }
}
