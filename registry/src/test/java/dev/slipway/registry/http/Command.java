package dev.slipway.registry.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end and keeps what it said. */
record Command(int exit, String output) {
    private static final int PATIENCE_SECONDS = 120;

    static Command run(String... command) {
        try {
            Path output = Files.createTempFile("command", ".out");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        String.join(" ", command) + " did not end: " + Files.readString(output));
            }
            String said = Files.readString(output);
            Files.delete(output);
            return new Command(process.exitValue(), said);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("could not run " + String.join(" ", command), e);
        }
    }

    static Command must(String... command) {
        Command ended = run(command);
        if (ended.exit != 0) {
            throw new AssertionError(String.join(" ", command) + " ended with " + ended.exit + ": " + ended.output);
        }
        return ended;
    }
}
