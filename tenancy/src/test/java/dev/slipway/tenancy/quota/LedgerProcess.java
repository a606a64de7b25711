package dev.slipway.tenancy.quota;

import dev.slipway.tenancy.identity.TenantId;
import dev.slipway.tenancy.quota.ReservationOutcome.Reserved;
import dev.slipway.tenancy.store.Sql;
import java.io.PrintWriter;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A process of its own that reserves and releases for one tenant as fast as it can: {@code URL USER PASSWORD TENANT THREADS
 * CONNECTIONS MILLISECONDS}. Each reservation commits together with a row of {@code trial_intent}, as an instance's would;
 * both are taken back in one transaction. At its end it prints how many it made and was refused.
 */
public final class LedgerProcess {
    private final QuotaLedger ledger;
    private final Connections connections;
    private final Sql sql;
    private final TenantId tenant;
    private final AtomicLong made = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    private LedgerProcess(Connections connections, TenantId tenant) {
        this.connections = connections;
        this.sql = new Sql(connections);
        this.tenant = tenant;
        // No tenant is told that little is left: that would be the audit's time, not the ledger's.
        QuotaDefaults defaults = new QuotaDefaults(new QuotaSettings() {
            @Override
            public Map<String, Long> defaults() {
                return Map.of();
            }

            @Override
            public int softPercent() {
                return 1_000;
            }
        });
        this.ledger = new QuotaLedger(new QuotaStore(sql), defaults, null, null, InstantSource.system());
    }

    public static void main(String[] words) throws Exception {
        int threads = Integer.parseInt(words[4]);
        Connections connections = new Connections(words[0], words[1], words[2], Integer.parseInt(words[5]));
        LedgerProcess process = new LedgerProcess(connections, new TenantId(UUID.fromString(words[3])));
        long begun = System.nanoTime();
        long end = begun + Long.parseLong(words[6]) * 1_000_000;
        Thread[] all = new Thread[threads];
        Arrays.setAll(all, number -> Thread.ofPlatform().start(() -> process.run(end)));
        for (Thread thread : all) {
            thread.join();
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf("made %d refused %d seconds %.3f%n", process.made.get(), process.refused.get(), seconds);
    }

    private void run(long end) {
        while (System.nanoTime() - end < 0) {
            UUID id = UUID.randomUUID();
            boolean reserved = connections.transaction(() -> {
                sql.update("insert into trial_intent (id) values (?)", id);
                return ledger.reserve(
                                tenant,
                                Optional.empty(),
                                ReservationKey.instance(id),
                                Amounts.of(Resources.instance(10, 1 << 20)))
                        instanceof Reserved;
            });
            if (!reserved) {
                refused.incrementAndGet();
                continue;
            }
            made.incrementAndGet();
            connections.transaction(() -> {
                sql.update("delete from trial_intent where id = ?", id);
                ledger.release(ReservationKey.instance(id));
                return true;
            });
        }
    }

    /** A few connections for many threads, each held by one transaction at a time. */
    private static final class Connections implements DataSource {
        private final BlockingQueue<Connection> idle;
        private final ThreadLocal<Connection> mine = new ThreadLocal<>();

        Connections(String url, String user, String password, int count) throws SQLException {
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setUrl(url);
            source.setUser(user);
            source.setPassword(password);
            idle = new ArrayBlockingQueue<>(count);
            for (int number = 0; number < count; number++) {
                Connection connection = source.getConnection();
                connection.setAutoCommit(false);
                idle.add(connection);
            }
        }

        interface Work {
            boolean commits();
        }

        boolean transaction(Work work) {
            try {
                Connection connection = idle.take();
                mine.set(connection);
                try {
                    boolean commit = work.commits();
                    if (commit) {
                        connection.commit();
                    } else {
                        connection.rollback();
                    }
                    return commit;
                } finally {
                    mine.remove();
                    idle.add(connection);
                }
            } catch (SQLException | InterruptedException cause) {
                throw new IllegalStateException(cause);
            }
        }

        /** The transaction's connection; closing it is left to the transaction. */
        @Override
        public Connection getConnection() {
            Connection connection = mine.get();
            return (Connection) Proxy.newProxyInstance(
                    Connection.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) ->
                            method.getName().equals("close") ? null : method.invoke(connection, arguments));
        }

        @Override
        public Connection getConnection(String user, String password) {
            throw new UnsupportedOperationException();
        }

        @Override
        public PrintWriter getLogWriter() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setLogWriter(PrintWriter out) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setLoginTimeout(int seconds) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int getLoginTimeout() {
            return 0;
        }

        @Override
        public Logger getParentLogger() {
            return Logger.getGlobal();
        }

        @Override
        public <T> T unwrap(Class<T> type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isWrapperFor(Class<?> type) {
            return false;
        }
    }
}
