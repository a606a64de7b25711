package dev.slipway.platform.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The table as JSON, on disk and on its way to proxies elsewhere. */
public final class RouteTableText {
    private static final int FORMAT = 1;
    private static final ObjectMapper JSON =
            new ObjectMapper().configure(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, true);

    private RouteTableText() {}

    /** In one line, in a fixed order. */
    public static byte[] write(RouteTable table) {
        try {
            return JSON.writeValueAsBytes(stored(table));
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException("a route table cannot be written", impossible);
        }
    }

    /** The same as a tree. */
    public static JsonNode tree(RouteTable table) {
        return JSON.valueToTree(stored(table));
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException when it is no JSON, or not of a table
     * @throws IllegalArgumentException when it is a table that cannot be
     */
    public static RouteTable read(byte[] text) throws IOException {
        return table(JSON.readValue(text, StoredTable.class));
    }

    private static StoredTable stored(RouteTable table) {
        Map<String, StoredRoute> routes = new TreeMap<>();
        table.routes()
                .forEach((host, route) -> routes.put(
                        host,
                        new StoredRoute(
                                route.app(),
                                route.backends(),
                                route.unavailableReason().orElse(null),
                                route.rates())));
        return new StoredTable(FORMAT, table.version(), routes);
    }

    private static RouteTable table(StoredTable stored) {
        if (stored.format() != FORMAT) {
            throw new IllegalArgumentException("format " + stored.format() + " is not " + FORMAT);
        }
        Map<String, Route> routes = new TreeMap<>();
        stored.routes()
                .forEach((host, route) -> routes.put(
                        host,
                        new Route(
                                route.app(),
                                route.backends(),
                                Optional.ofNullable(route.unavailableReason()),
                                Optional.ofNullable(route.rates()).orElse(Rates.UNLIMITED))));
        return new RouteTable(stored.version(), routes);
    }

    private record StoredTable(int format, long version, Map<String, StoredRoute> routes) {}

    private record StoredRoute(
            String app,
            List<Backend> backends,
            @Nullable String unavailableReason,
            @Nullable Rates rates) {}
}
