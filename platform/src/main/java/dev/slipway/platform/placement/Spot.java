package dev.slipway.platform.placement;

/** A node of a site. */
public record Spot(String site, String node) implements Comparable<Spot> {
    @Override
    public int compareTo(Spot other) {
        int bySite = site.compareTo(other.site);
        return bySite != 0 ? bySite : node.compareTo(other.node);
    }

    @Override
    public String toString() {
        return site + "/" + node;
    }
}
