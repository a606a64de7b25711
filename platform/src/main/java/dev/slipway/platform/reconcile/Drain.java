package dev.slipway.platform.reconcile;

import dev.slipway.platform.runtime.InstanceId;
import java.time.Duration;

/** Port: waits for the requests an instance has in hand. */
public interface Drain {
    /** Returns when no proxy has a request in flight to the instance, or when the time is up. */
    void await(InstanceId instance, Duration atMost) throws InterruptedException;
}
