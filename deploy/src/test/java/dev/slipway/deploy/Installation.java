package dev.slipway.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The packaged product as a process of its own, in a home and on ports that nobody else uses. */
final class Installation implements AutoCloseable {
    private static final Path PROGRAM = Path.of("target/quarkus-app/quarkus-run.jar");
    private static final Path SHARED_PROGRAMS = Path.of("target/postgres");
    /** Classes as the first start of a run left them: the JVM makes it, and checks it, by itself. */
    private static final Path CLASSES = Path.of("target/classes.jsa").toAbsolutePath();

    private static final Path STACK = Path.of(System.getProperty("slipway.test.stack", "target/stack"));
    private static final Path BUILDPACKS =
            Path.of("../buildpacks/bundled").toAbsolutePath().normalize();
    private static final Duration START_BOUND = Duration.ofSeconds(90);
    private static final Duration STOP_BOUND = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Path home;
    private final int httpPort = freePort();
    private final int sshPort = freePort();
    private final int proxyPort = freePort();
    private final List<String> settings = new ArrayList<>();
    private Process process;

    Installation() {
        home = freshHome();
    }

    private static Path freshHome() {
        try {
            Path homes = Files.createDirectories(Path.of("target/homes"));
            return Files.createTempDirectory(homes, "h").toAbsolutePath();
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    /** Runs {@code deploy/backup} or {@code deploy/restore} on this home with the program under test. */
    Command.Result keep(String script, String... arguments) {
        List<String> command = new ArrayList<>(List.of("./" + script));
        command.addAll(List.of(arguments));
        return Command.in(Path.of("."))
                .with(Map.of(
                        "SLIPWAY_HOME", home.toString(),
                        "SLIPWAY_WORK", home + "-keep",
                        "SLIPWAY_PROGRAM", PROGRAM.toAbsolutePath().getParent().toString(),
                        "SLIPWAY_DATABASE_PROGRAMS",
                                SHARED_PROGRAMS.toAbsolutePath().toString()))
                .run(command);
    }

    /** Adds a setting for the next start. */
    Installation with(String key, String value) {
        settings.add("-D" + key + "=" + value);
        return this;
    }

    /** By which the engine's things of this installation are labelled. */
    String id() {
        try {
            return Files.readString(home.resolve("installation")).strip();
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    Path home() {
        return home;
    }

    URI controlPlane() {
        return URI.create("http://127.0.0.1:" + httpPort);
    }

    int sshPort() {
        return sshPort;
    }

    int proxyPort() {
        return proxyPort;
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process != null && process.isAlive();
    }

    /** Starts the process and returns when it says that it is ready. */
    Installation start() {
        launch();
        Await.until("Slipway ready at " + controlPlane() + "\n" + log(), START_BOUND, () -> {
            if (!process.isAlive()) {
                throw new AssertionError("Slipway ended with " + process.exitValue() + ":\n" + log());
            }
            return get(controlPlane().resolve("/q/health/ready")).statusCode() == 200;
        });
        return this;
    }

    /** Starts the process and does not wait. */
    Process launch() {
        // A process of a test lives for seconds: what a JVM does to run well for days would only cost the tests time.
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + CLASSES,
                "-Xlog:cds=off",
                "-Xlog:cds+dynamic=off"));
        command.addAll(List.of(
                "-Dslipway.home=" + home,
                "-Dslipway.http.port=" + httpPort,
                "-Dslipway.ssh.port=" + sshPort,
                "-Dslipway.proxy.port=" + proxyPort,
                "-Dslipway.database.programs=" + SHARED_PROGRAMS.toAbsolutePath(),
                "-Dslipway.stack.directory=" + STACK.toAbsolutePath(),
                "-Dslipway.buildpacks.directory=" + BUILDPACKS,
                "-Dslipway.build.buildpacks-directory=" + BUILDPACKS));
        command.addAll(settings);
        command.addAll(List.of("-jar", PROGRAM.toAbsolutePath().toString()));
        try {
            process = new ProcessBuilder(command)
                    .directory(home.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()))
                    .start();
            return process;
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    /** SIGTERM, and waits for the end. Returns the exit code. */
    int stop() {
        process.destroy();
        return awaitEnd();
    }

    /** SIGKILL: nothing is finished, nothing is written. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    int awaitEnd() {
        try {
            if (!process.waitFor(STOP_BOUND.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("Slipway did not end in " + STOP_BOUND + ":\n" + log());
            }
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
    }

    HttpResponse<String> get(URI address) {
        return send(HttpRequest.newBuilder(address));
    }

    /** Asks an app through the proxy, by its host name. */
    HttpResponse<String> getApp(String host, String path) {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + proxyPort + path))
                .header("Host", host));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
    }

    /** What the process has said so far. */
    String log() {
        try {
            return Files.exists(logFile()) ? Files.readString(logFile()) : "";
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    /** Pid of the embedded database's server, from the file that it keeps. */
    long databasePid() {
        try {
            return Long.parseLong(Files.readAllLines(home.resolve("postgres/data/postmaster.pid"))
                    .getFirst()
                    .strip());
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    /** Ends everything that this installation started, with deploy/down as an operator would, and removes its home. */
    @Override
    public void close() {
        if (alive()) {
            stop();
        }
        Command.in(Path.of("."))
                .with(Map.of("SLIPWAY_HOME", home.toString(), "SLIPWAY_WORK", home + "-down"))
                .run("./down", "--purge")
                .orFail();
        removeTree(Path.of(home + "-down"));
    }

    private Path logFile() {
        return home.resolve("slipway.log");
    }

    private static void removeTree(Path root) {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }
}
