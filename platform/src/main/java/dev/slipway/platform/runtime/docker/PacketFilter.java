package dev.slipway.platform.runtime.docker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Changes the machine's packet filter. */
interface PacketFilter {

    /**
     * Replaces whole chains.
     *
     * @param lines in the form of iptables-restore
     * @return why it failed, or empty
     */
    Optional<String> restore(List<String> lines);

    /**
     * Runs one command.
     *
     * @param arguments of iptables
     * @return why it failed, or empty
     */
    Optional<String> run(List<String> arguments);

    /** The packet filter of the kernel through the iptables programs. */
    final class Iptables implements PacketFilter {

        private static final List<String> DIRECTORIES = List.of("/usr/sbin", "/sbin", "/usr/bin", "/usr/local/sbin");

        @Override
        public Optional<String> restore(List<String> lines) {
            return execute("iptables-restore", List.of("-w", "5", "--noflush"), String.join("\n", lines) + "\n");
        }

        @Override
        public Optional<String> run(List<String> arguments) {
            List<String> all = new ArrayList<>(List.of("-w", "5"));
            all.addAll(arguments);
            return execute("iptables", all, "");
        }

        private static Optional<String> execute(String program, List<String> arguments, String input) {
            Optional<String> found = DIRECTORIES.stream()
                    .map(directory -> directory + "/" + program)
                    .filter(path -> Files.isExecutable(Path.of(path)))
                    .findFirst();
            if (found.isEmpty()) {
                return Optional.of(program + " is not installed");
            }
            List<String> command = new ArrayList<>(List.of(found.get()));
            command.addAll(arguments);
            try {
                Process process =
                        new ProcessBuilder(command).redirectErrorStream(true).start();
                try (var stdin = process.getOutputStream()) {
                    stdin.write(input.getBytes(StandardCharsets.UTF_8));
                }
                String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
                int code = process.waitFor();
                return code == 0 ? Optional.empty() : Optional.of(program + " said: " + output);
            } catch (IOException e) {
                return Optional.of(String.valueOf(e.getMessage()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.of("interrupted");
            }
        }
    }
}
