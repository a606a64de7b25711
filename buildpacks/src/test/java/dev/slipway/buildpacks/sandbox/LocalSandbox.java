package dev.slipway.buildpacks.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A sandbox of this machine's own programs in namespaces of their own; needs the right to make them. */
public final class LocalSandbox implements Sandbox {

    private static final int BUILD_USER = 1000;

    private final Path home;
    private final Path buildpacks;
    private final Map<String, String> environment;
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger steps = new AtomicInteger();

    public LocalSandbox(Path home, Path buildpacks, Map<String, String> environment) {
        this.home = home;
        this.buildpacks = buildpacks.toAbsolutePath();
        this.environment = environment;
    }

    public int steps() {
        return steps.get();
    }

    @Override
    public SandboxSession open(SandboxRequest request) throws SandboxException {
        try {
            Path place = home.resolve("sandbox-" + opened.incrementAndGet());
            for (String name : List.of("exchange", "root")) {
                Files.createDirectories(place.resolve(name));
            }
            if (root()) {
                Files.setAttribute(place.resolve("exchange"), "unix:uid", BUILD_USER);
                Files.setAttribute(place.resolve("exchange"), "unix:gid", BUILD_USER);
            }
            Path enter = place.resolve("enter.sh");
            try (InputStream script = LocalSandbox.class.getResourceAsStream("enter.sh")) {
                Files.write(enter, script.readAllBytes());
            }
            return new Session(place, enter, request.limits());
        } catch (IOException e) {
            throw new SandboxException("open a sandbox", request.buildId(), e.toString(), e);
        }
    }

    private static boolean root() {
        return "root".equals(System.getProperty("user.name"));
    }

    private final class Session implements SandboxSession {
        private final Path place;
        private final Path enter;
        private final Limits limits;
        private final AtomicBoolean cancelled = new AtomicBoolean();
        private final AtomicBoolean late = new AtomicBoolean();
        private volatile Process process;

        Session(Path place, Path enter, Limits limits) {
            this.place = place;
            this.enter = enter;
            this.limits = limits;
        }

        @Override
        public Path exchange() {
            return place.resolve("exchange");
        }

        @Override
        public StepResult run(Step step, OutputSink sink) throws SandboxException, InterruptedException {
            steps.incrementAndGet();
            List<String> command = new ArrayList<>(List.of("unshare", "--mount", "--pid", "--fork", "--kill-child"));
            if (!root()) {
                command.add("--map-root-user");
            }
            command.addAll(List.of(
                    "sh",
                    enter.toString(),
                    place.resolve("root").toString(),
                    exchange().toString()));
            command.add(buildpacks.toString());
            command.addAll(step.command());
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(environment);
            builder.environment().putAll(step.environment());
            try {
                process = builder.start();
                process.getOutputStream().close();
                CompletableFuture.delayedExecutor(limits.time().toMillis(), TimeUnit.MILLISECONDS)
                        .execute(() -> {
                            if (process.isAlive()) {
                                late.set(true);
                                kill();
                            }
                        });
                if (cancelled.get()) {
                    kill();
                }
                long taken = 0;
                try (InputStream out = process.getInputStream()) {
                    byte[] buffer = new byte[32 * 1024];
                    for (int read = out.read(buffer); read >= 0; read = out.read(buffer)) {
                        taken += read;
                        if (!sink.accept(buffer, 0, read)) {
                            kill();
                            process.waitFor();
                            return new StepResult.OutputLimit(taken);
                        }
                    }
                }
                int code = process.waitFor();
                if (cancelled.get()) {
                    return new StepResult.Cancelled();
                }
                return late.get() ? new StepResult.TimedOut(limits.time()) : new StepResult.Exited(code);
            } catch (IOException e) {
                throw new SandboxException("run a step", step.name(), e.toString(), e);
            }
        }

        private void kill() {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }

        @Override
        public void cancel() {
            cancelled.set(true);
            if (process != null) {
                kill();
            }
        }

        @Override
        public void close() {
            if (process != null) {
                kill();
            }
        }
    }
}
