package dev.slipway.platform.proxy;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What all event loops share about one app: its meter and its requests that wait for a free instance. */
final class AppState {
    final String app;
    final ProxyMetrics.AppMeter meter;
    final RateGate requests = new RateGate();
    final RateGate bytes = new RateGate();
    private final Queue<Exchange> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger length = new AtomicInteger();

    AppState(String app, ProxyMetrics.AppMeter meter) {
        this.app = app;
        this.meter = meter;
    }

    /** Takes a place in the queue, if there is one. */
    boolean enqueue(Exchange exchange, int limit) {
        if (length.incrementAndGet() > limit) {
            length.decrementAndGet();
            return false;
        }
        waiting.add(exchange);
        return true;
    }

    /** Leaves the queue; false if it was called out meanwhile. */
    boolean leave(Exchange exchange) {
        boolean was = waiting.remove(exchange);
        if (was) {
            length.decrementAndGet();
        }
        return was;
    }

    /** A slot is free: the longest waiting request may try again. */
    void callNext() {
        if (length.get() > 0) {
            @Nullable Exchange next = waiting.poll();
            if (next != null) {
                length.decrementAndGet();
                next.calledOut();
            }
        }
    }

    /** The routes have changed: everybody may try again. */
    void callAll() {
        for (int places = length.get(); places > 0; places--) {
            callNext();
        }
    }
}
