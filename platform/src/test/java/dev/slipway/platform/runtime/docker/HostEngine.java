package dev.slipway.platform.runtime.docker;

import dev.slipway.platform.runtime.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Docker Engine beside the machine's, with a data directory and a bridge of its own, that listens on an address of the
 * loopback as a command that was pasted there has told it to.
 */
final class HostEngine implements AutoCloseable {
    private static final Duration BOUND = Duration.ofSeconds(60);

    private final Path root;
    private final String bridge;
    private final String listen;
    private Process process;

    /** @param command as it is pasted on the host, which is root here */
    HostEngine(String host, int port, String command) {
        this.listen = "tcp://" + host + ":" + port;
        this.bridge = "sh" + ProcessHandle.current().pid() + "x" + host.charAt(host.length() - 1);
        try {
            // The engine's file system must not itself be a layered one.
            root = Files.createTempDirectory(Path.of("/var/lib"), "slipway-host");
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
        run("ip link add " + bridge + " type bridge");
        run(command.replace("sudo sh", "SLIPWAY_ROOT=" + root + " sh"));
    }

    Path keys() {
        return root.resolve("etc/docker/slipway");
    }

    HostEngine start() {
        List<String> words = new ArrayList<>(List.of(
                "dockerd",
                "--host=" + listen,
                "--tlsverify",
                "--tlscacert=" + keys().resolve("ca.pem"),
                "--tlscert=" + keys().resolve("cert.pem"),
                "--tlskey=" + keys().resolve("key.pem"),
                "--data-root=" + root.resolve("data"),
                "--exec-root=" + root.resolve("exec"),
                "--pidfile=" + root.resolve("docker.pid"),
                "--bridge=" + bridge,
                "--iptables=false",
                "--ip6tables=false",
                "--shutdown-timeout=5"));
        try {
            process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(root.resolve("log").toFile())
                    .start();
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
        Await.until("the engine at " + listen + " listens", BOUND, this::listens);
        return this;
    }

    private boolean listens() {
        try {
            String log = Files.readString(root.resolve("log"));
            if (!process.isAlive()) {
                throw new AssertionError("dockerd ended:\n" + log);
            }
            return log.contains("API listen on");
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    /** It neither answers nor ends: its containers run on. */
    void freeze() {
        run("kill -STOP " + process.pid());
    }

    void thaw() {
        run("kill -CONT " + process.pid());
    }

    private static void run(String script) {
        try {
            Process shell = new ProcessBuilder("sh", "-c", script)
                    .redirectErrorStream(true)
                    .start();
            shell.getOutputStream().close();
            String said = new String(shell.getInputStream().readAllBytes());
            if (shell.waitFor() != 0) {
                throw new AssertionError("exit code " + shell.exitValue() + ": " + said);
            }
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
    }

    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            thaw();
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
        // What is still mounted below was the engine's own.
        run("ip link delete " + bridge + "; grep -o ' " + root
                + "[^ ]*' /proc/self/mounts | sort -r | xargs -r umount -l; rm -rf " + root);
    }
}
