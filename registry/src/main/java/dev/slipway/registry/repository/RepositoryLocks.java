package dev.slipway.registry.repository;

import dev.slipway.registry.oci.RepositoryName;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/** Lets pushes to a repository run together, and deletions and clean-up alone. Reads take no lock. */
final class RepositoryLocks {
    private static final int STRIPES = 128;

    private final ReadWriteLock[] stripes = new ReadWriteLock[STRIPES];

    RepositoryLocks() {
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new ReentrantReadWriteLock();
        }
    }

    <T> T together(RepositoryName name, Supplier<T> step) {
        return under(stripe(name).readLock(), step);
    }

    <T> T alone(RepositoryName name, Supplier<T> step) {
        return under(stripe(name).writeLock(), step);
    }

    private ReadWriteLock stripe(RepositoryName name) {
        return stripes[Math.floorMod(name.hashCode(), STRIPES)];
    }

    private static <T> T under(Lock lock, Supplier<T> step) {
        lock.lock();
        try {
            return step.get();
        } finally {
            lock.unlock();
        }
    }
}
