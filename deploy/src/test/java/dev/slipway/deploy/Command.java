package dev.slipway.deploy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Runs a program of the machine, such as git or docker, to its end. */
record Command(Path directory, Map<String, String> environment, Duration bound) {
    /** A thread for each: many commands may run at once, and one may say nothing for long. */
    private static final Executor READERS = task -> Thread.ofVirtual().start(task);

    /**
     * What came back.
     *
     * @param output both streams, as they came
     */
    record Result(int exitCode, String output) {
        /** The output, when it went well. */
        String orFail() {
            if (exitCode != 0) {
                throw new AssertionError("exit code " + exitCode + ":\n" + output);
            }
            return output;
        }
    }

    static Command in(Path directory) {
        return new Command(directory, Map.of(), Duration.ofMinutes(5));
    }

    Command with(Map<String, String> more) {
        return new Command(directory, more, bound);
    }

    Result run(String... command) {
        return run(List.of(command));
    }

    Result run(List<String> command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> read(process), READERS);
            if (!process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command + " did not end in " + bound + ":\n" + output.join());
            }
            return new Result(process.exitValue(), output.join());
        } catch (IOException cause) {
            throw new AssertionError("run " + command, cause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted in " + command, interrupted);
        }
    }

    private static String read(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException cause) {
            return "(output cut off: " + cause.getMessage() + ")";
        }
    }
}
