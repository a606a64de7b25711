package dev.slipway.platform.runtime.docker;

import dev.slipway.platform.runtime.Endpoint;
import dev.slipway.platform.runtime.Node;
import dev.slipway.platform.runtime.Observed;
import dev.slipway.platform.runtime.RuntimeHealth;
import dev.slipway.platform.runtime.RuntimeUnavailableException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One engine of several, and what was last seen of it. */
final class FleetHost implements AutoCloseable {
    private final String name;
    private final DockerConnection connection;
    private final DockerRuntime runtime;
    private final InstantSource clock;
    private volatile @Nullable List<Observed> seen;
    private volatile @Nullable Node node;
    private volatile @Nullable String id;
    private volatile @Nullable Instant silentSince;

    FleetHost(String name, DockerConnection connection, InstantSource clock) {
        this.name = name;
        this.connection = connection;
        this.runtime = new DockerRuntime(connection, name);
        this.clock = clock;
    }

    String name() {
        return name;
    }

    DockerRuntime runtime() {
        return runtime;
    }

    DockerConnection connection() {
        return connection;
    }

    /** What runs there. */
    List<Observed> observe() {
        try {
            List<Observed> now = runtime.observe();
            seen = now;
            silentSince = null;
            return now;
        } catch (RuntimeUnavailableException e) {
            if (silentSince == null) {
                silentSince = clock.instant();
            }
            throw e;
        }
    }

    /** What ran there when it last answered, as silent; empty if it never has. */
    Optional<List<Observed>> silent() {
        List<Observed> last = seen;
        Instant since = silentSince;
        if (last == null) {
            return Optional.empty();
        }
        List<Observed> silent = new ArrayList<>();
        for (Observed observed : last) {
            silent.add(
                    observed.state() instanceof Observed.State.Running running
                            ? new Observed(observed.id(), quiet(running.endpoint(), since))
                            : observed);
        }
        return Optional.of(silent);
    }

    private Observed.State quiet(Endpoint endpoint, @Nullable Instant since) {
        return new Observed.State.Silent(endpoint, since == null ? clock.instant() : since);
    }

    /** The engine's own id. */
    String id() {
        String known = runtime.engineId();
        id = known;
        return known;
    }

    /** The same as far as it was ever heard. */
    Optional<String> knownId() {
        return Optional.ofNullable(id);
    }

    /** Whether it answers now. */
    boolean answers() {
        return runtime.health().available();
    }

    /** Whether it answered when it was last looked at. */
    boolean answered() {
        return seen != null && silentSince == null;
    }

    /** The machine. */
    Node node() {
        Node now = runtime.nodes().getFirst();
        node = now;
        if (id == null) {
            id();
        }
        return now;
    }

    /** The machine as it was when it last answered, taking nothing new; empty if it never has. */
    Optional<Node> lastNode() {
        return Optional.ofNullable(node)
                .map(last -> new Node(
                        last.name(), last.cpuMillis(), last.memoryBytes(), last.shared(), last.attributes(), false));
    }

    RuntimeHealth health() {
        return runtime.health();
    }

    @Override
    public void close() {
        connection.close();
    }
}
