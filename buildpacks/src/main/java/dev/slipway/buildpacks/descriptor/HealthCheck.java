package dev.slipway.buildpacks.descriptor;

import java.time.Duration;
import java.util.ArrayList;
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

    /** The time of life a check belongs to. */
    public enum When {
        STARTUP,
        READINESS,
        LIVENESS
    }

    /** What a check tries. */
    public sealed interface Probe {

        /**
         * GET a path and expect a 2xx or 3xx answer.
         *
         * @param path begins with {@code /}
         * @param port container port, 0 for {@code $PORT}
         */
        record Http(String path, int port) implements Probe {}

        /**
         * Open a connection.
         *
         * @param port container port, 0 for {@code $PORT}
         */
        record Tcp(int port) implements Probe {}

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
        int port = check.get("port").numberOr(0, 1, 65535);
        LocatedJson command = check.get("command");
        if (command.present()) {
            List<String> words = new ArrayList<>();
            command.array();
            for (int i = 0; i < command.size(); i++) {
                words.add(command.at(i).text());
            }
            if (words.isEmpty()) {
                throw command.problem("the command is empty; write a list like [\"bin/check\", \"--fast\"].");
            }
            return new Probe.Command(words);
        }
        if (check.get("path").present()) {
            String path = check.get("path").text();
            if (!path.startsWith("/")) {
                throw check.get("path").problem("a path begins with '/'.");
            }
            return new Probe.Http(path, port);
        }
        if (check.get("uptime").present()) {
            return new Probe.Uptime(seconds(check.get("uptime"), 10, 1));
        }
        return new Probe.Tcp(port);
    }

    private static Duration seconds(LocatedJson value, int otherwise, int least) throws DescriptorException {
        return Duration.ofSeconds(value.numberOr(otherwise, least, MOST_SECONDS));
    }
}
