package dev.slipway.platform.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How the embedded server is set: small, durable, reachable from this machine only. */
final class PostgresSettings {
    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("listen_addresses", "127.0.0.1"),
            Map.entry("unix_socket_directories", ""),
            Map.entry("password_encryption", "scram-sha-256"),
            Map.entry("max_connections", "80"),
            Map.entry("shared_buffers", "64MB"),
            Map.entry("max_wal_size", "256MB"),
            Map.entry("timezone", "UTC"),
            Map.entry("log_timezone", "UTC"),
            Map.entry("logging_collector", "on"),
            Map.entry("log_filename", "postgresql-%a.log"),
            Map.entry("log_truncate_on_rotation", "on"),
            Map.entry("log_rotation_age", "1d"),
            Map.entry("log_rotation_size", "0"),
            Map.entry("log_lock_waits", "on"));

    private PostgresSettings() {}

    /** As arguments of the server, in a fixed order. */
    static List<String> options(int port) {
        List<String> options = new ArrayList<>(List.of("-p", Integer.toString(port)));
        SETTINGS.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> "-c " + entry.getKey() + "=" + quoted(entry.getValue()))
                .forEach(options::add);
        return List.copyOf(options);
    }

    private static String quoted(String value) {
        return value.matches("[A-Za-z0-9.-]+") ? value : "'" + value + "'";
    }
}
