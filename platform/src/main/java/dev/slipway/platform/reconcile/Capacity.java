package dev.slipway.platform.reconcile;

import dev.slipway.platform.instance.Instances;
import dev.slipway.platform.placement.Offer;
import dev.slipway.platform.runtime.Node;
import dev.slipway.platform.runtime.RuntimeUnavailableException;
import dev.slipway.platform.runtime.Runtimes;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** The room that is left on the nodes: what they have, times what may be promised of it, less what is promised. */
@ApplicationScoped
public class Capacity {
    private static final Logger LOG = Logger.getLogger(Capacity.class);

    private final Runtimes runtimes;
    private final Instances instances;
    private final ReconcileSettings settings;
    private final Map<String, List<Node>> known = new ConcurrentHashMap<>();

    private record Place(String site, String node) {}

    Capacity(Runtimes runtimes, Instances instances, ReconcileSettings settings) {
        this.runtimes = runtimes;
        this.instances = instances;
        this.settings = settings;
    }

    /** Takes down what machines a site has. */
    void learn(String site, List<Node> nodes) {
        known.put(site, List.copyOf(nodes));
    }

    /** The machines a site had when it was looked at last; asks it if it never was. */
    public List<Node> nodes(Runtimes.At at) {
        return known.computeIfAbsent(
                at.site().name().value(), site -> List.copyOf(at.runtime().nodes()));
    }

    /** Room on every node that takes instances, also where none is left. */
    public List<Offer> offers() {
        Map<Place, Instances.Use> used = new HashMap<>();
        instances.use().forEach(use -> used.put(new Place(use.site(), use.node()), use));
        List<Offer> offers = new ArrayList<>();
        for (Runtimes.At at : runtimes.all()) {
            if (at.site().state().takesInstances()) {
                offers(at, used, offers);
            }
        }
        return offers;
    }

    private void offers(Runtimes.At at, Map<Place, Instances.Use> used, List<Offer> offers) {
        String site = at.site().name().value();
        List<Node> nodes;
        try {
            nodes = nodes(at);
        } catch (RuntimeUnavailableException e) {
            LOG.infof("site has not said yet what it has site=%s reason=%s", site, e.getMessage());
            return;
        }
        for (Node node : nodes) {
            if (!node.ready()) {
                continue;
            }
            Instances.Use use =
                    used.getOrDefault(new Place(site, node.name()), new Instances.Use(site, node.name(), 0, 0));
            long cpu = (long) (node.cpuMillis() * (node.shared() ? settings.cpuOvercommit() : 1.0));
            long memory = (long) (node.memoryBytes() * (node.shared() ? settings.memoryOvercommit() : 1.0));
            offers.add(new Offer(site, node.name(), cpu - use.cpuMillis(), memory - use.memoryBytes(), cpu, memory));
        }
    }

    /**
     * The node with the most free memory, for commands that no formation counts.
     *
     * @throws RuntimeUnavailableException when no site takes instances now
     */
    Offer roomiest() {
        return offers().stream()
                .max(Comparator.comparingLong(Offer::memoryBytes))
                .orElseThrow(() -> new RuntimeUnavailableException(
                        "find a node for", "a command", "no site takes instances now", new IOException("no node")));
    }
}
