package dev.slipway.platform.command;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One process type of an app and what runs of it.
 *
 * @param command the words it executes; empty for the image's own
 * @param wanted instances by the formation; counts also while the app is stopped
 * @param cpuMillis thousandths of a core for each instance
 * @param memoryBytes bytes for each instance
 */
public record ProcessFacts(
        String process,
        List<String> command,
        int wanted,
        long cpuMillis,
        long memoryBytes,
        List<InstanceFacts> instances) {
    public ProcessFacts {
        command = List.copyOf(command);
        instances = List.copyOf(instances);
    }

    /**
     * One instance.
     *
     * @param name {@code web.1}
     * @param id as the runtime names it
     * @param state {@code healthy}, {@code starting}, {@code failed}, …
     * @param reason why it is in that state, if there is something to say
     */
    public record InstanceFacts(
            String name,
            String id,
            String release,
            String site,
            String node,
            String state,
            Instant since,
            Optional<String> reason,
            int crashes) {}
}
