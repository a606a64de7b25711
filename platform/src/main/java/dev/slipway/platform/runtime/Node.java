package dev.slipway.platform.runtime;

import java.util.Map;

/**
 * A machine of a site.
 *
 * @param name unique in its site
 * @param cpuMillis thousandths of a processor it has to give in all
 * @param memoryBytes bytes of memory it has to give in all
 * @param shared whether its processors may be promised more than once: an engine shares them, a cluster counts them
 * @param attributes what constraints may ask for, for example {@code rack=r1}
 * @param ready whether new instances may be placed there
 */
public record Node(
        String name, long cpuMillis, long memoryBytes, boolean shared, Map<String, String> attributes, boolean ready) {
    public Node {
        attributes = Map.copyOf(attributes);
    }
}
