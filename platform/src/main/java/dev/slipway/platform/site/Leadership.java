package dev.slipway.platform.site;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * At most one process of an installation leads. Leading is holding a session lock of the database, so that a leader
 * that dies is followed at once, and having raised the epoch in the installation's row, so that one that only seems
 * dead is fenced: whoever acts as leader names its epoch, and a stale one is refused in the same transaction.
 *
 * @see <a href="../../../../../../../docs/decisions/0001-leader-by-session-lock-and-epoch.md">decision 0001</a>
 */
@ApplicationScoped
public class Leadership {
    private static final Logger LOG = Logger.getLogger(Leadership.class);
    private static final long LOCK = 0x534c4950; // "SLIP"

    private final DataSource database;

    private @Nullable Connection session;
    private volatile long epoch;

    Leadership(DataSource database) {
        this.database = database;
    }

    /** The epoch this process leads in, or empty when it does not lead. */
    public Optional<Long> epoch() {
        long current = epoch;
        return current == 0 ? Optional.empty() : Optional.of(current);
    }

    /** Tries to become the leader, or makes sure that this process still is; never blocks for long. */
    public synchronized boolean renew() {
        try {
            if (session != null && stillHeld(session)) {
                return true;
            }
            release();
            Connection candidate = database.getConnection();
            if (!lock(candidate)) {
                candidate.close();
                return false;
            }
            session = candidate;
            epoch = raiseEpoch(candidate);
            LOG.infof("leading epoch=%d", epoch);
            return true;
        } catch (SQLException e) {
            release();
            LOG.warnf("cannot hold the leader's lock: %s", e.getMessage());
            return false;
        }
    }

    @PreDestroy
    synchronized void release() {
        epoch = 0;
        Connection held = session;
        session = null;
        if (held != null) {
            try (held) {
                try (PreparedStatement unlock = held.prepareStatement("select pg_advisory_unlock_all()")) {
                    unlock.execute();
                }
            } catch (SQLException e) {
                LOG.debugf("the leader's session was gone already: %s", e.getMessage());
            }
        }
    }

    private static boolean lock(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select pg_try_advisory_lock(?)")) {
            statement.setLong(1, LOCK);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }

    private static long raiseEpoch(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                        "update installation set leader_epoch = leader_epoch + 1 returning leader_epoch");
                ResultSet result = statement.executeQuery()) {
            result.next();
            return result.getLong(1);
        }
    }

    private static boolean stillHeld(Connection connection) {
        try (PreparedStatement statement = connection.prepareStatement("select 1");
                ResultSet result = statement.executeQuery()) {
            return result.next();
        } catch (SQLException e) {
            return false;
        }
    }
}
