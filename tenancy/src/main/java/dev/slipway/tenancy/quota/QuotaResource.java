package dev.slipway.tenancy.quota;

import dev.slipway.tenancy.identity.InvalidNameException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The table of what a tenant can exhaust. A line here is all that a new resource needs. */
public enum QuotaResource {
    CPU_MILLIS("cpu", Unit.MILLICORES, Nature.HELD, 8_000, "scale down (ps:scale) or lower limits (resources:limit)"),
    MEMORY_BYTES(
            "memory", Unit.BYTES, Nature.HELD, 16L << 30, "scale down (ps:scale) or lower limits (resources:limit)"),
    DISK_BYTES("disk", Unit.BYTES, Nature.HELD, 100L << 30, "scale down (ps:scale) or lower limits (resources:limit)"),
    INSTANCES("instances", Unit.COUNT, Nature.HELD, 100, "scale down (ps:scale)"),
    APPS("apps", Unit.COUNT, Nature.HELD, 50, "destroy an app (apps:destroy)"),
    DOMAINS("domains", Unit.COUNT, Nature.HELD, 100, "remove a domain (domains:remove)"),
    VOLUME_BYTES("volumes", Unit.BYTES, Nature.HELD, 100L << 30, "remove a volume (volumes:destroy)"),
    SERVICES("services", Unit.COUNT, Nature.HELD, 20, "destroy a service (services:destroy)"),
    REGISTRY_BYTES("registry storage", Unit.BYTES, Nature.HELD, 50L << 30, "delete images that nothing runs"),
    BUILD_MINUTES("build minutes a month", Unit.COUNT, Nature.MONTHLY, 3_000, "wait for the next month"),
    CONCURRENT_BUILDS("builds at once", Unit.COUNT, Nature.HELD, 4, "wait for a build or cancel one (builds:cancel)"),
    LOG_BYTES_PER_SECOND("log output of an app", Unit.BYTES_PER_SECOND, Nature.RATE, 1L << 20, "log less"),
    REQUESTS_PER_SECOND(
            "requests to an app", Unit.PER_SECOND, Nature.RATE, 1_000, "answer from caches nearer to users"),
    EGRESS_BYTES_PER_SECOND(
            "egress of an app", Unit.BYTES_PER_SECOND, Nature.RATE, 100L << 20, "compress what the app sends"),
    SYNC_BYTES_PER_SECOND(
            "sync of volumes", Unit.BYTES_PER_SECOND, Nature.RATE, 50L << 20, "move volumes one after the other");

    /** How a resource is used up. */
    public enum Nature {
        /** Reserved while something exists, and given back when it ends. */
        HELD,
        /** Reserved and never given back; the count starts anew with each month (UTC). */
        MONTHLY,
        /** A ceiling at each moment, for each app; nothing is reserved. */
        RATE
    }

    private final String title;
    private final Unit unit;
    private final Nature nature;
    private final long usual;
    private final String wayOut;

    QuotaResource(String title, Unit unit, Nature nature, long usual, String wayOut) {
        this.title = title;
        this.unit = unit;
        this.nature = nature;
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

    /** How it is used up. */
    public Nature nature() {
        return nature;
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
