package dev.slipway.platform.reconcile;

import dev.slipway.platform.instance.Instances;
import dev.slipway.platform.placement.Offer;
import dev.slipway.platform.placement.Spot;
import dev.slipway.platform.runtime.Node;
import dev.slipway.platform.runtime.RuntimeUnavailableException;
import dev.slipway.platform.runtime.Runtimes;
import dev.slipway.platform.site.SiteState;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/** The room that is left on the nodes: what they have, times what may be promised of it, less what is promised. */
@ApplicationScoped
public class Capacity {
    private static final Logger LOG = Logger.getLogger(Capacity.class);

    private final Runtimes runtimes;
    private final Instances instances;
    private final ReconcileSettings settings;
    private final Map<String, List<Node>> known = new ConcurrentHashMap<>();

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

    /**
     * Room on every node that takes instances, also where none is left. Where no site takes any, those that are silent
     * for a moment are counted on: a launch waits for them, where a refusal would be final.
     */
    public List<Offer> offers() {
        List<Offer> offers = offers(at -> at.site().state().takesInstances());
        return offers.isEmpty() ? offers(at -> at.site().state().equals(new SiteState.Suspect(false))) : offers;
    }

    private List<Offer> offers(Predicate<Runtimes.At> which) {
        List<Runtimes.At> sites = runtimes.all().stream().filter(which).toList();
        if (sites.isEmpty()) {
            return List.of();
        }
        Map<Spot, Instances.Use> used = used();
        List<Offer> offers = new ArrayList<>();
        sites.forEach(at -> known(at).stream().filter(Node::ready).forEach(node -> offers.add(offer(at, node, used))));
        return offers;
    }

    /** Room on every node of every site, whatever state they are in. */
    public List<Offer> everyNode() {
        Map<Spot, Instances.Use> used = used();
        List<Offer> offers = new ArrayList<>();
        runtimes.all().forEach(at -> known(at).forEach(node -> offers.add(offer(at, node, used))));
        return offers;
    }

    /** As {@link #everyNode()}, were these the attributes of a site. */
    public List<Offer> everyNode(String site, SortedMap<String, String> attributes) {
        Map<Spot, Instances.Use> used = used();
        List<Offer> offers = new ArrayList<>();
        for (Runtimes.At at : runtimes.all()) {
            SortedMap<String, String> asked = at.site().name().value().equals(site)
                    ? attributes
                    : at.site().attributes();
            known(at).forEach(node -> offers.add(offer(at, node, used, asked)));
        }
        return offers;
    }

    /** How many instances at a site have not ended. */
    public int instancesAt(String site) {
        return (int) instances.use().stream()
                .filter(use -> use.site().equals(site))
                .mapToLong(Instances.Use::instances)
                .sum();
    }

    private Map<Spot, Instances.Use> used() {
        Map<Spot, Instances.Use> used = new HashMap<>();
        instances.use().forEach(use -> used.put(new Spot(use.site(), use.node()), use));
        return used;
    }

    /** The machines a site had when it was looked at last; none if it never was. */
    List<Node> lastSeen(Runtimes.At at) {
        return known.getOrDefault(at.site().name().value(), List.of());
    }

    private List<Node> known(Runtimes.At at) {
        try {
            return nodes(at);
        } catch (RuntimeUnavailableException e) {
            LOG.infof(
                    "site has not said yet what it has site=%s reason=%s",
                    at.site().name(), e.getMessage());
            return List.of();
        }
    }

    private Offer offer(Runtimes.At at, Node node, Map<Spot, Instances.Use> used) {
        return offer(at, node, used, at.site().attributes());
    }

    private Offer offer(Runtimes.At at, Node node, Map<Spot, Instances.Use> used, SortedMap<String, String> ofSite) {
        String site = at.site().name().value();
        long cpu = (long) (node.cpuMillis() * (node.shared() ? settings.cpuOvercommit() : 1.0));
        long memory = (long) (node.memoryBytes() * (node.shared() ? settings.memoryOvercommit() : 1.0));
        Instances.Use use = used.get(new Spot(site, node.name()));
        Map<String, String> attributes = new TreeMap<>(ofSite);
        attributes.putAll(node.attributes());
        return new Offer(
                site,
                node.name(),
                cpu - (use == null ? 0 : use.cpuMillis()),
                memory - (use == null ? 0 : use.memoryBytes()),
                cpu,
                memory,
                attributes,
                Set.of());
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
