package dev.slipway.platform.release;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
            processes.add(new ProcessType(String.valueOf(map.get("name")), words(map.get("command"))));
        }
        return processes;
    }

    static Map<String, Map<String, Object>> of(Map<String, HealthChecks> checks) {
        Map<String, Map<String, Object>> stored = new LinkedHashMap<>();
        checks.forEach((process, both) -> {
            Map<String, Object> map = new LinkedHashMap<>(of(both.start()));
            if (!both.running().equals(both.start())) {
                map.put("running", of(both.running()));
            }
            stored.put(process, map);
        });
        return stored;
    }

    private static Map<String, Object> of(Check check) {
        return switch (check) {
            case Check.Tcp tcp ->
                Map.of("kind", "tcp", "startMillis", tcp.startWithin().toMillis());
            case Check.Http http ->
                Map.of(
                        "kind", "http",
                        "path", http.path(),
                        "timeoutMillis", http.timeout().toMillis(),
                        "startMillis", http.startWithin().toMillis());
            case Check.Command command ->
                Map.of(
                        "kind", "command",
                        "launcher", command.launcher(),
                        "command", command.command(),
                        "timeoutMillis", command.timeout().toMillis(),
                        "startMillis", command.startWithin().toMillis());
            case Check.Running running ->
                Map.of(
                        "kind", "running",
                        "settleMillis", running.settle().toMillis(),
                        "startMillis", running.startWithin().toMillis());
        };
    }

    static Map<String, HealthChecks> checks(Map<String, Map<String, Object>> stored) {
        Map<String, HealthChecks> checks = new LinkedHashMap<>();
        stored.forEach((process, map) -> {
            Check start = check(map);
            checks.put(
                    process, new HealthChecks(start, map.get("running") instanceof Map<?, ?> own ? check(own) : start));
        });
        return checks;
    }

    private static Check check(Map<?, ?> map) {
        Duration start = millis(map, "startMillis");
        return switch (String.valueOf(map.get("kind"))) {
            case "tcp" -> new Check.Tcp(start);
            case "http" -> new Check.Http(String.valueOf(map.get("path")), millis(map, "timeoutMillis"), start);
            case "command" ->
                new Check.Command(
                        words(map.get("launcher")), words(map.get("command")), millis(map, "timeoutMillis"), start);
            case "running" -> new Check.Running(millis(map, "settleMillis"), start);
            default -> throw new IllegalStateException("unknown kind of health check stored: " + map);
        };
    }

    private static List<String> words(@Nullable Object stored) {
        List<String> words = new ArrayList<>();
        if (stored instanceof List<?> list) {
            list.forEach(word -> words.add(String.valueOf(word)));
        }
        return words;
    }

    private static Duration millis(Map<?, ?> map, String key) {
        if (map.get(key) instanceof Number number) {
            return Duration.ofMillis(number.longValue());
        }
        throw new IllegalStateException("health check stored without " + key + ": " + map);
    }
}
