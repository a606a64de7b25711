package dev.slipway.registry.http;

import dev.slipway.registry.oci.ErrorCode;
import dev.slipway.registry.oci.RegistryException;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** How many chunks one caller sends at the same time. */
final class UploadLimit {
    private final ConcurrentMap<String, Integer> running = new ConcurrentHashMap<>();

    void enter(String caller, int most) {
        int now = running.merge(caller, 1, Integer::sum);
        if (now > most) {
            leave(caller);
            throw new RegistryException(
                    ErrorCode.TOOMANYREQUESTS, "at most " + most + " uploads at the same time", Duration.ZERO);
        }
    }

    void leave(String caller) {
        running.computeIfPresent(caller, (key, count) -> count == 1 ? null : count - 1);
    }
}
