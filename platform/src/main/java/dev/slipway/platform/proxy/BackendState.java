package dev.slipway.platform.proxy;

import dev.slipway.platform.route.Backend;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What all event loops share about one backend: how much it has in flight, whether it is ejected, whether it has left the
 * table. The unused connections are kept by event loop, and only that loop touches its own.
 */
final class BackendState {
    private static final int MOST_DOUBLINGS = 4;

    final Backend backend;
    final AppState app;
    final InetSocketAddress address;
    private final List<ArrayDeque<BackendConnection>> unused;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger upgraded = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile long ejectedUntil;
    private volatile boolean ejected;
    private volatile boolean retired;
    private volatile @Nullable CompletableFuture<Void> quiet;

    BackendState(Backend backend, AppState app, int loops) {
        this.backend = backend;
        this.app = app;
        this.address = new InetSocketAddress(backend.host(), backend.port());
        this.unused = new ArrayList<>(loops);
        for (int i = 0; i < loops; i++) {
            unused.add(new ArrayDeque<>());
        }
    }

    /** The unused connections of one event loop, the last used first. */
    ArrayDeque<BackendConnection> unused(int loop) {
        return unused.get(loop);
    }

    int requests() {
        return requests.get();
    }

    /** Requests and upgraded connections. */
    int inFlight() {
        return requests.get() + upgraded.get();
    }

    /** Takes a slot, unless all are taken or the backend has left the table. */
    boolean acquire(int limit) {
        int before;
        do {
            before = requests.get();
            if (before >= limit) {
                return false;
            }
        } while (!requests.compareAndSet(before, before + 1));
        if (retired) {
            requests.decrementAndGet();
            tellIfQuiet();
            return false;
        }
        return true;
    }

    /** Gives a slot back and lets the next waiting request try. */
    void release() {
        requests.decrementAndGet();
        tellIfQuiet();
        app.callNext();
    }

    /** A request has become an upgraded connection: its slot is free, but the backend is still in use. */
    void upgraded() {
        upgraded.incrementAndGet();
        release();
    }

    void upgradedEnded() {
        upgraded.decrementAndGet();
        tellIfQuiet();
    }

    /** Leaves or re-enters the table. */
    void retired(boolean gone) {
        retired = gone;
    }

    boolean retired() {
        return retired;
    }

    /** A connection was refused: no requests for a while, longer each time. */
    void refused(long now, long base) {
        int before = Math.min(refusals.getAndIncrement(), MOST_DOUBLINGS);
        ejectedUntil = now + (base << before);
        ejected = true;
    }

    void connected() {
        if (refusals.get() != 0) {
            refusals.set(0);
            ejected = false;
        }
    }

    boolean ejected(long now) {
        return ejected && now - ejectedUntil < 0;
    }

    /** Completes when nothing is in flight. */
    CompletableFuture<Void> quiet() {
        CompletableFuture<Void> asked;
        synchronized (this) {
            CompletableFuture<Void> known = quiet;
            asked = known == null || known.isDone() ? new CompletableFuture<>() : known;
            quiet = asked;
        }
        tellIfQuiet();
        return asked;
    }

    private void tellIfQuiet() {
        CompletableFuture<Void> asked = quiet;
        if (asked != null && inFlight() == 0) {
            asked.complete(null);
        }
    }
}
