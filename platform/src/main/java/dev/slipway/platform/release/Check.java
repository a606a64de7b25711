package dev.slipway.platform.release;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** How an instance of a process type shows that it is healthy. */
public sealed interface Check {
    /** How long a new instance may take to become healthy. */
    Duration startWithin();

    /** A TCP connection to {@code $PORT} is accepted. */
    record Tcp(Duration startWithin) implements Check {}

    /**
     * GET on {@code $PORT} is answered with 200 to 399.
     *
     * @param path absolute path, may have a query
     */
    record Http(String path, Duration timeout, Duration startWithin) implements Check {
        public Http {
            if (!path.startsWith("/") || path.chars().anyMatch(c -> c <= ' ' || c > '~')) {
                throw new IllegalArgumentException(
                        "a health check's path starts with / and is a valid URL path, not '" + path + "'");
            }
        }
    }

    /**
     * A command run inside the instance exits with 0.
     *
     * @param launcher what an image wants before every command so that it finds its environment; may be empty
     * @param command program and arguments, not passed through a shell
     */
    record Command(List<String> launcher, List<String> command, Duration timeout, Duration startWithin)
            implements Check {
        public Command {
            launcher = List.copyOf(launcher);
            command = List.copyOf(command);
            if (command.isEmpty()) {
                throw new IllegalArgumentException("a health check's command has at least a program");
            }
        }

        /** All that is run. */
        public List<String> words() {
            return Stream.concat(launcher.stream(), command.stream()).toList();
        }
    }

    /** The instance goes on running; for process types that do not listen. */
    record Running(Duration settle, Duration startWithin) implements Check {}

    /** For people: {@code GET /healthz}, {@code a TCP connect to $PORT}, {@code staying up}. */
    default String text() {
        return switch (this) {
            case Tcp tcp -> "a TCP connect to $PORT";
            case Http http -> "GET " + http.path();
            case Command command -> "the command " + String.join(" ", command.command());
            case Running running -> "staying up";
        };
    }
}
