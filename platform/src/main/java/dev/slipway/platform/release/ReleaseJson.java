package dev.slipway.platform.release;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The stored form of process types and checks. */
final class ReleaseJson {
    private ReleaseJson() {}

    static List<Map<String, Object>> of(List<ProcessType> processes) {
        List<Map<String, Object>> stored = new ArrayList<>();
        for (ProcessType process : processes) {
            stored.add(Map.of("name", process.name(), "command", process.command()));
        }
        return stored;
    }

    static List<ProcessType> processes(List<Map<String, Object>> stored) {
        List<ProcessType> processes = new ArrayList<>();
        for (Map<String, Object> map : stored) {
            List<String> command = new ArrayList<>();
            if (map.get("command") instanceof List<?> words) {
                words.forEach(word -> command.add(String.valueOf(word)));
            }
            processes.add(new ProcessType(String.valueOf(map.get("name")), command));
        }
        return processes;
    }

    static Map<String, Map<String, Object>> of(Map<String, Check> checks) {
        Map<String, Map<String, Object>> stored = new LinkedHashMap<>();
        checks.forEach((process, check) -> stored.put(
                process,
                switch (check) {
                    case Check.Tcp tcp ->
                        Map.of("kind", "tcp", "startMillis", tcp.startWithin().toMillis());
                    case Check.Http http ->
                        Map.of(
                                "kind", "http",
                                "path", http.path(),
                                "timeoutMillis", http.timeout().toMillis(),
                                "startMillis", http.startWithin().toMillis());
                    case Check.Running running ->
                        Map.of(
                                "kind", "running",
                                "settleMillis", running.settle().toMillis(),
                                "startMillis", running.startWithin().toMillis());
                }));
        return stored;
    }

    static Map<String, Check> checks(Map<String, Map<String, Object>> stored) {
        Map<String, Check> checks = new LinkedHashMap<>();
        stored.forEach((process, map) -> {
            Duration start = millis(map, "startMillis");
            checks.put(
                    process,
                    switch (String.valueOf(map.get("kind"))) {
                        case "tcp" -> new Check.Tcp(start);
                        case "http" ->
                            new Check.Http(String.valueOf(map.get("path")), millis(map, "timeoutMillis"), start);
                        case "running" -> new Check.Running(millis(map, "settleMillis"), start);
                        default -> throw new IllegalStateException("unknown kind of health check stored: " + map);
                    });
        });
        return checks;
    }

    private static Duration millis(Map<String, Object> map, String key) {
        if (map.get(key) instanceof Number number) {
            return Duration.ofMillis(number.longValue());
        }
        throw new IllegalStateException("health check stored without " + key + ": " + map);
    }
}
