package dev.slipway.platform.runtime.mesos.wire;

import java.util.List;

/** Knows where the masters of a cluster are. */
public interface MasterLocator extends AutoCloseable {

    /**
     * Masters to try, the likeliest leader first; any of them redirects to the leader.
     *
     * @throws java.io.IOException if nothing can be said now
     */
    List<MasterAddress> candidates() throws java.io.IOException;

    @Override
    default void close() {}

    /** The masters are these. */
    static MasterLocator of(List<MasterAddress> masters) {
        List<MasterAddress> fixed = List.copyOf(masters);
        return () -> fixed;
    }
}
