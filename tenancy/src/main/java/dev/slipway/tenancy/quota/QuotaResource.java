package dev.slipway.tenancy.quota;

import dev.slipway.tenancy.identity.InvalidNameException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The table of what a tenant can exhaust. A line here is all that a new resource needs. */
public enum QuotaResource {
    CPU_MILLIS("cpu", Unit.MILLICORES, 8_000, "scale down (ps:scale) or lower limits (resources:limit)"),
    MEMORY_BYTES("memory", Unit.BYTES, 16L << 30, "scale down (ps:scale) or lower limits (resources:limit)"),
    INSTANCES("instances", Unit.COUNT, 100, "scale down (ps:scale)"),
    APPS("apps", Unit.COUNT, 50, "destroy an app (apps:destroy)"),
    CONCURRENT_BUILDS("builds at once", Unit.COUNT, 4, "wait for a build or cancel one (builds:cancel)");

    private final String title;
    private final Unit unit;
    private final long usual;
    private final String wayOut;

    QuotaResource(String title, Unit unit, long usual, String wayOut) {
        this.title = title;
        this.unit = unit;
        this.usual = usual;
        this.wayOut = wayOut;
    }

    /** The name in settings, tables and APIs, for example {@code memory_bytes}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What people call it, for example {@code builds at once}. */
    public String title() {
        return title;
    }

    /** What its amounts are counted in. */
    public Unit unit() {
        return unit;
    }

    /** The limit where neither the tenant nor the settings say another. */
    long usual() {
        return usual;
    }

    /** What a tenant can do by itself when it is used up. */
    String wayOut() {
        return wayOut;
    }

    /**
     * Reads a resource; hyphens do as well as underscores.
     *
     * @throws InvalidNameException with the resources there are
     */
    public static QuotaResource parse(String text) {
        for (QuotaResource resource : values()) {
            if (resource.text().equals(text.toLowerCase(Locale.ROOT).replace('-', '_'))) {
                return resource;
            }
        }
        String known = Arrays.stream(values()).map(QuotaResource::text).collect(Collectors.joining(", "));
        throw new InvalidNameException(
                "resource", text, "There is no resource \"" + text + "\": use one of " + known + ".");
    }
}
