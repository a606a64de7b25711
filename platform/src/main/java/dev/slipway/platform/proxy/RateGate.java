package dev.slipway.platform.proxy;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Holds a rate with a second's worth of leeway: the generic cell rate algorithm (ITU-T I.371), which is one number, so that all
 * event loops share it without a lock.
 */
final class RateGate {
    private static final long SECOND = 1_000_000_000L;

    /** When everything that was taken would have been taken at an even pace; long ago while nothing was. */
    private final AtomicLong even = new AtomicLong(Long.MIN_VALUE / 2);

    private volatile long perSecond = Long.MAX_VALUE;

    /** Changes the rate; {@link Long#MAX_VALUE} for none, zero lets nothing through. */
    void perSecond(long limit) {
        perSecond = limit;
    }

    long perSecond() {
        return perSecond;
    }

    /**
     * Takes one, if there is room.
     *
     * @param now ticker's nanoseconds
     * @return zero when it is taken, else the nanoseconds until there is room
     */
    long take(long now) {
        long limit = perSecond;
        if (limit == Long.MAX_VALUE) {
            return 0;
        }
        if (limit == 0) {
            return SECOND;
        }
        long cost = Math.max(1, SECOND / limit);
        while (true) {
            long before = even.get();
            long ahead = Math.max(0, before - now);
            if (ahead + cost > SECOND) {
                return ahead + cost - SECOND;
            }
            if (even.compareAndSet(before, now + ahead + cost)) {
                return 0;
            }
        }
    }

    /**
     * Takes an amount that is there already, whether there is room or not.
     *
     * @return the nanoseconds to wait before more comes, zero within the rate
     */
    long spend(long now, long amount) {
        long limit = perSecond;
        if (limit == Long.MAX_VALUE) {
            return 0;
        }
        long cost = amount * SECOND / Math.max(1, limit);
        long after = even.updateAndGet(before -> Math.max(before, now) + cost);
        return Math.max(0, after - now - SECOND);
    }
}
