package dev.slipway.platform.runtime;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** One shell of the fake runtime. */
final class FakeInstance {

    static final class NoSuchProgramException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoSuchProgramException(String message) {
            super(message);
        }
    }

    private final Process process;
    private final LaunchSpec spec;
    private final FakeLog log = new FakeLog();
    private final Instant startedAt;
    private volatile boolean boosted = true;
    private volatile List<Integer> openPorts = List.of();
    private final CompletableFuture<Observed.State.Exited> ended = new CompletableFuture<>();

    private FakeInstance(Process process, LaunchSpec spec, Instant startedAt) {
        this.process = process;
        this.spec = spec;
        this.startedAt = startedAt;
    }

    static Process process(LaunchSpec spec) {
        List<String> command = spec.command().orElse(List.of("/bin/sh"));
        ProcessBuilder builder = new ProcessBuilder(command).directory(new File("/tmp"));
        builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
        builder.environment().putAll(spec.environment());
        try {
            return builder.start();
        } catch (IOException e) {
            throw new NoSuchProgramException("The command " + command + " cannot be started: " + e.getMessage());
        }
    }

    static FakeInstance start(LaunchSpec spec, Clock clock, Consumer<RuntimeEvent> listener) {
        FakeInstance instance = new FakeInstance(process(spec), spec, clock.instant());
        listener.accept(new RuntimeEvent.Started(spec.id(), "127.0.0.1", spec.port(), clock.instant()));
        Process process = instance.process;
        Thread out =
                Thread.startVirtualThread(() -> instance.copy(process.getInputStream(), LogSink.Stream.STDOUT, clock));
        Thread err =
                Thread.startVirtualThread(() -> instance.copy(process.getErrorStream(), LogSink.Stream.STDERR, clock));
        Thread.startVirtualThread(() -> {
            try {
                int code = process.waitFor();
                out.join(2_000);
                err.join(2_000);
                instance.log.end();
                instance.ended.complete(new Observed.State.Exited(code, false, clock.instant(), instance.log.last()));
                listener.accept(new RuntimeEvent.Exited(spec.id(), code, false, instance.log.last(), clock.instant()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return instance;
    }

    private void copy(InputStream stream, LogSink.Stream from, Clock clock) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            String line = reader.readLine();
            while (line != null) {
                log.add(clock.instant(), from, line);
                line = reader.readLine();
            }
        } catch (IOException closed) {
            log.end();
        }
    }

    /** Runs a command beside the shell, with its environment. */
    CommandResult exec(List<String> command, CommandLimits limits) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(new File("/tmp"))
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"));
        builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
        builder.environment().putAll(spec.environment());
        Process beside;
        try {
            beside = builder.start();
        } catch (IOException e) {
            return new CommandResult.Exited(127, String.valueOf(e.getMessage()));
        }
        CompletableFuture<byte[]> output = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                output.complete(beside.getInputStream().readNBytes(limits.outputBytes() + 1));
            } catch (IOException closed) {
                output.complete(new byte[0]);
            }
        });
        try {
            byte[] printed = output.get(limits.time().toNanos(), TimeUnit.NANOSECONDS);
            String text = new String(printed, StandardCharsets.UTF_8);
            return printed.length > limits.outputBytes()
                    ? new CommandResult.TooMuchOutput(text)
                    : new CommandResult.Exited(beside.waitFor(), text);
        } catch (TimeoutException e) {
            return new CommandResult.TimedOut("");
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            beside.descendants().forEach(ProcessHandle::destroyForcibly);
            beside.destroyForcibly();
        }
    }

    boolean running() {
        return !ended.isDone();
    }

    int exitCode() {
        return ended.join().code();
    }

    FakeLog log() {
        return log;
    }

    Observed.State state() {
        return running()
                ? new Observed.State.Running(new Endpoint("127.0.0.1", spec.port()), startedAt, boosted)
                : ended.join();
    }

    void stop(Duration grace) {
        if (!running()) {
            return;
        }
        process.toHandle().destroy();
        try {
            if (!process.waitFor(grace.toNanos(), TimeUnit.NANOSECONDS)) {
                kill();
            }
            ended.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.toHandle().destroyForcibly();
        ended.join();
    }

    void settle() {
        boosted = false;
    }

    List<Integer> openPorts() {
        return openPorts;
    }

    void listensOn(List<Integer> ports) {
        openPorts = List.copyOf(ports);
    }
}
