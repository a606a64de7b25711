package dev.slipway.platform.route;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Holds the current table. Readers never wait; a change is seen whole or not at all. Changes come one after the other,
 * and when a changing method returns every listener has seen the new table.
 */
@ApplicationScoped
public class RouteTables {
    private final Object change = new Object();
    private final List<Consumer<RouteTable>> listeners = new CopyOnWriteArrayList<>();
    private volatile RouteTable current = RouteTable.EMPTY;

    public RouteTable current() {
        return current;
    }

    /**
     * Puts {@code table} in the place of an older one.
     *
     * @return false, and nothing changes, if the current table's version is the same or newer
     */
    public boolean swap(RouteTable table) {
        synchronized (change) {
            if (table.version() <= current.version()) {
                return false;
            }
            publish(table);
            return true;
        }
    }

    /**
     * Computes the next routes from the current ones; the version grows by one. Equal routes change nothing.
     *
     * @param next called once, under the lock of changes; must not block for long
     * @return the table that is now current
     */
    public RouteTable update(UnaryOperator<Map<String, Route>> next) {
        synchronized (change) {
            RouteTable table = new RouteTable(current.version() + 1, next.apply(current.routes()));
            if (!table.routes().equals(current.routes())) {
                publish(table);
            }
            return current;
        }
    }

    /** Tells {@code listener} the current table at once and every later one, until closed. */
    public Subscription listen(Consumer<RouteTable> listener) {
        synchronized (change) {
            listeners.add(listener);
            listener.accept(current);
        }
        return () -> listeners.remove(listener);
    }

    private void publish(RouteTable table) {
        current = table;
        listeners.forEach(listener -> listener.accept(table));
    }

    /** Ends a {@link #listen}. */
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
