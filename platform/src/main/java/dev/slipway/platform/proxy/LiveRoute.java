package dev.slipway.platform.proxy;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A route with the live state of its backends, and the choice among them: of two taken at random the one with less in
 * flight, which comes near the least of all without looking at all (Mitzenmacher, "The power of two choices", 2001).
 */
record LiveRoute(AppState app, List<BackendState> backends, Optional<String> unavailableReason) {
    LiveRoute {
        backends = List.copyOf(backends);
    }

    /**
     * Takes a slot on one backend.
     *
     * @param now ticker's nanoseconds
     * @param limit slots of a backend
     * @param not a backend that has just failed this request, chosen only if there is no other
     * @return null if all are full
     */
    @Nullable
    BackendState acquire(long now, int limit, @Nullable BackendState not) {
        int count = backends.size();
        if (count == 1) {
            BackendState only = backends.getFirst();
            return only.acquire(limit) ? only : null;
        }
        if (count == 0) {
            return null;
        }
        ThreadLocalRandom random = ThreadLocalRandom.current();
        int first = random.nextInt(count);
        BackendState one = backends.get(first);
        BackendState two = backends.get((first + 1 + random.nextInt(count - 1)) % count);
        BackendState better = two.requests() < one.requests() ? two : one;
        if (better != not && !better.ejected(now) && better.acquire(limit)) {
            return better;
        }
        return acquireAny(now, limit, not, first);
    }

    /** Whether it is worth another try after {@code attempts} that failed, the last on {@code failed}. */
    boolean offersMoreThan(int attempts, BackendState failed) {
        return backends.isEmpty() || backends.size() > attempts || !backends.contains(failed);
    }

    /** All in turn: those in good standing, then the ejected, for a bad answer cannot be worse than none. */
    private @Nullable BackendState acquireAny(long now, int limit, @Nullable BackendState not, int first) {
        for (int pass = 0; pass < 3; pass++) {
            for (int i = 0; i < backends.size(); i++) {
                BackendState backend = backends.get((first + i) % backends.size());
                int rank = backend == not ? 2 : backend.ejected(now) ? 1 : 0;
                if (rank == pass && backend.acquire(limit)) {
                    return backend;
                }
            }
        }
        return null;
    }
}
