package dev.slipway.buildpacks.descriptor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * One health check of a process type.
 *
 * @param when at which time of life it applies
 * @param probe what is tried
 * @param attempts how often it may fail in a row
 * @param initialDelay time before the first attempt
 * @param interval time ({@code wait} in the file) between attempts
 * @param timeout longest time of one attempt
 */
public record HealthCheck(
        When when, Probe probe, int attempts, Duration initialDelay, Duration interval, Duration timeout) {

    private static final int MOST_SECONDS = 3600;
    private static final List<String> KEYS =
            List.of("type", "name", "path", "command", "uptime", "attempts", "initialDelay", "wait", "timeout");
    private static final List<String> PROBES = List.of("path", "command", "uptime");

    /** The time of life a check belongs to. */
    public enum When {
        STARTUP,
        READINESS,
        LIVENESS
    }

    /** What a check tries. */
    public sealed interface Probe {

        /**
         * GET a path on {@code $PORT} and expect a 2xx or 3xx answer.
         *
         * @param path begins with {@code /}
         */
        record Http(String path) implements Probe {}

        /** Open a connection to {@code $PORT}. */
        record Tcp() implements Probe {}

        /**
         * Run a command in the instance and expect exit code 0.
         *
         * @param command program and arguments
         */
        record Command(List<String> command) implements Probe {

            public Command {
                command = List.copyOf(command);
            }
        }

        /**
         * Be still running after some time.
         *
         * @param time how long
         */
        record Uptime(Duration time) implements Probe {}
    }

    static HealthCheck read(LocatedJson check) throws DescriptorException {
        check.object();
        for (Iterator<String> keys = check.keys(); keys.hasNext(); ) {
            String key = keys.next();
            if (!KEYS.contains(key)) {
                throw check.get(key).problem("a check has no such key; it has " + String.join(", ", KEYS) + ".");
            }
        }
        return new HealthCheck(
                when(check.get("type")),
                probe(check),
                check.get("attempts").numberOr(3, 1, 1000),
                seconds(check.get("initialDelay"), 0, 0),
                seconds(check.get("wait"), 5, 1),
                seconds(check.get("timeout"), 5, 1));
    }

    private static When when(LocatedJson type) throws DescriptorException {
        return switch (type.textOr("startup")) {
            case "startup" -> When.STARTUP;
            case "readiness" -> When.READINESS;
            case "liveness" -> When.LIVENESS;
            default -> throw type.problem("a check is of type 'startup', 'readiness' or 'liveness'.");
        };
    }

    private static Probe probe(LocatedJson check) throws DescriptorException {
        List<String> tried =
                PROBES.stream().filter(key -> check.get(key).present()).toList();
        if (tried.size() > 1) {
            throw check.get(tried.get(1))
                    .problem("a check tries one thing; here it is '" + tried.get(0) + "' already.");
        }
        if (tried.isEmpty()) {
            return new Probe.Tcp();
        }
        return switch (tried.get(0)) {
            case "command" -> new Probe.Command(words(check.get("command")));
            case "path" -> new Probe.Http(path(check.get("path")));
            default -> new Probe.Uptime(seconds(check.get("uptime"), 10, 1));
        };
    }

    private static List<String> words(LocatedJson command) throws DescriptorException {
        List<String> words = new ArrayList<>();
        command.array();
        for (int i = 0; i < command.size(); i++) {
            words.add(command.at(i).text());
        }
        if (words.isEmpty() || words.get(0).isBlank()) {
            throw command.problem("the command is empty; write a list like [\"bin/check\", \"--fast\"].");
        }
        return words;
    }

    private static String path(LocatedJson value) throws DescriptorException {
        String path = value.text();
        if (!path.startsWith("/")) {
            throw value.problem("a path begins with '/'.");
        }
        if (path.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw value.problem(
                    "a path has neither spaces nor letters outside of ASCII; write them as %20 and the like.");
        }
        return path;
    }

    private static Duration seconds(LocatedJson value, int otherwise, int least) throws DescriptorException {
        return Duration.ofSeconds(value.numberOr(otherwise, least, MOST_SECONDS));
    }
}
