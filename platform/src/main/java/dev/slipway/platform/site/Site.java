package dev.slipway.platform.site;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A datacenter, as far as Slipway is concerned: something that runs instances and fails as one.
 *
 * @param kind which provider runs it: {@code docker} or {@code mesos}
 * @param address where its engines or masters are, as its kind writes it; empty for the engine beside this program
 * @param settings what its kind wants to know besides, secrets among them; stored sealed
 * @param attributes what constraints may ask for, for example {@code region=north}
 * @param version grows with each change of the address or the settings
 */
public record Site(
        SiteId id,
        SiteName name,
        String kind,
        String address,
        Map<String, String> settings,
        SortedMap<String, String> attributes,
        SiteState state,
        int version,
        Instant createdAt,
        Instant stateSince) {

    public Site {
        settings = Map.copyOf(settings);
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    }

    /** Leaves out the settings, some of which are secret. */
    @Override
    public String toString() {
        return "Site[name=" + name + " kind=" + kind + " address=" + address + " state=" + state.code() + "]";
    }
}
