package dev.slipway.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Docker Engine beside the machine's, which a test may stop and start. It leaves the machine's packet filter rules
 * alone, so its containers reach the machine and nothing beyond; images are carried over.
 */
final class SecondEngine implements AutoCloseable {
    private static final Duration BOUND = Duration.ofSeconds(60);

    private final Path root;
    /** Of its own: an engine without a bridge takes away docker0, which is the machine's engine's. */
    private final String bridge = "sw" + ProcessHandle.current().pid();

    private Process process;

    SecondEngine() {
        try {
            // Sockets have short names, and the engine's file system must not itself be a layered one.
            root = Files.createTempDirectory(Path.of("/var/lib"), "slipway-engine");
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
        Command.in(root).run("ip", "link", "add", bridge, "type", "bridge").orFail();
    }

    Path socket() {
        return root.resolve("docker.sock");
    }

    SecondEngine start() {
        try {
            process = new ProcessBuilder(
                            "dockerd",
                            "--host=unix://" + socket(),
                            "--data-root=" + root.resolve("data"),
                            "--exec-root=" + root.resolve("exec"),
                            "--pidfile=" + root.resolve("docker.pid"),
                            "--bridge=" + bridge,
                            "--iptables=false",
                            "--ip6tables=false",
                            "--shutdown-timeout=5")
                    .redirectErrorStream(true)
                    .redirectOutput(
                            ProcessBuilder.Redirect.appendTo(root.resolve("log").toFile()))
                    .start();
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
        Await.until("the second engine answers", BOUND, () -> {
            if (!process.isAlive()) {
                throw new AssertionError("dockerd ended:\n" + Files.readString(root.resolve("log")));
            }
            return docker("version").exitCode() == 0;
        });
        return this;
    }

    /** As an operator stops it: containers end with it. */
    void stop() {
        process.destroy();
        try {
            if (!process.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("dockerd did not end in " + BOUND);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
    }

    /** Carries an image over from the machine's engine. */
    SecondEngine load(String image) {
        Command.in(root)
                .run("sh", "-c", "docker save " + image + " | docker --host=unix://" + socket() + " load")
                .orFail();
        return this;
    }

    Command.Result docker(String... arguments) {
        List<String> command = new java.util.ArrayList<>(List.of("docker", "--host=unix://" + socket()));
        command.addAll(List.of(arguments));
        return Command.in(root).run(command);
    }

    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            // Bridges outlive an engine that is only stopped.
            String docker = "docker --host=unix://" + socket();
            Command.in(root)
                    .run(
                            "sh",
                            "-c",
                            docker + " ps -aq | xargs -r " + docker + " rm -f; " + docker + " network prune -f")
                    .orFail();
            stop();
        }
        // What is still mounted below was the engine's own.
        Command.in(Path.of("/"))
                .run(
                        "sh",
                        "-c",
                        "ip link delete " + bridge + "; grep -o ' " + root
                                + "[^ ]*' /proc/self/mounts | sort -r | xargs -r umount -l; rm -rf " + root)
                .orFail();
    }
}
