package dev.slipway.platform.database;

import dev.slipway.platform.loop.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Runs PostgreSQL's own programs. They refuse to run as root; root runs them in a user namespace of their own, where
 * the same files belong to the same user and that user is nobody special.
 */
final class PostgresCommand {
    private static final Path UNSHARE = Path.of("/usr/bin/unshare");
    private static final Duration LOOK = Duration.ofMillis(5);

    private final Path log;
    private final boolean root;

    PostgresCommand(Path log) {
        this(log, "root".equals(System.getProperty("user.name")));
    }

    private PostgresCommand(Path log, boolean root) {
        this.log = log;
        this.root = root;
    }

    /**
     * Runs a program to its end; what it says goes to the log file, because a server it leaves behind keeps the
     * descriptors open.
     *
     * @throws DatabaseException when it fails or outlives the bound; carries the end of what it said
     */
    void run(String purpose, Duration bound, List<String> command) {
        run(purpose, bound, command, () -> false);
    }

    /** As {@link #run(String, Duration, List)}, but returns as soon as {@code done} holds; the program goes on. */
    void run(String purpose, Duration bound, List<String> command, BooleanSupplier done) {
        try {
            Process process = start(command);
            boolean over = new Patience(LOOK, bound).until(() -> done.getAsBoolean() || !process.isAlive());
            if (done.getAsBoolean()) {
                return;
            }
            if (!over || !process.waitFor(0, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new DatabaseException(purpose, "not done after " + bound.toSeconds() + " s" + said());
            }
            if (process.exitValue() != 0) {
                throw new DatabaseException(purpose, "exit code " + process.exitValue() + said());
            }
        } catch (IOException cause) {
            throw new DatabaseException(purpose, cause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DatabaseException(purpose, interrupted);
        }
    }

    private Process start(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(prefixed(command));
        builder.environment().clear();
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("PATH", "/usr/bin:/bin");
        return builder.redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                .redirectOutput(log.toFile())
                .start();
    }

    private List<String> prefixed(List<String> command) {
        if (!root) {
            return command;
        }
        if (!Files.isExecutable(UNSHARE)) {
            throw new DatabaseException(
                    "run PostgreSQL as root",
                    UNSHARE + " is missing (package util-linux); start Slipway as another user, or set"
                            + " slipway.database.url");
        }
        List<String> inNamespace = new ArrayList<>(List.of(UNSHARE.toString(), "--user", "--"));
        inNamespace.addAll(command);
        return inNamespace;
    }

    private String said() {
        try {
            String text = Files.readString(log).strip();
            int most = 2000;
            return text.isEmpty() ? "" : ": " + (text.length() > most ? text.substring(text.length() - most) : text);
        } catch (IOException unreadable) {
            return " (and " + log + " cannot be read)";
        }
    }
}
