package dev.slipway.platform.runtime.docker;

import com.github.dockerjava.api.exception.DockerException;
import dev.slipway.buildpacks.sandbox.OutputSink;
import dev.slipway.buildpacks.sandbox.SandboxException;
import dev.slipway.buildpacks.sandbox.SandboxRequest;
import dev.slipway.buildpacks.sandbox.SandboxSession;
import dev.slipway.buildpacks.sandbox.Step;
import dev.slipway.buildpacks.sandbox.StepResult;
import dev.slipway.platform.runtime.RuntimeUnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One build's sandbox. Whatever a limit or a cancellation ends is ended by killing the whole container. */
final class DockerSandboxSession implements SandboxSession {

    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Engine engine;
    private final SandboxTidying tidying;
    private final SandboxSettings settings;
    private final InstantSource clock;
    private final WarmSandbox sandbox;
    private final SandboxRequest request;
    private final SandboxProcesses processes;
    private final DiskWatch disk;
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private @Nullable Instant deadline;
    private @Nullable StepResult ended;

    DockerSandboxSession(
            Engine engine,
            SandboxTidying tidying,
            SandboxSettings settings,
            InstantSource clock,
            WarmSandbox sandbox,
            SandboxRequest request,
            ContainerState container) {
        this.engine = engine;
        this.tidying = tidying;
        this.settings = settings;
        this.clock = clock;
        this.sandbox = sandbox;
        this.request = request;
        this.processes = SandboxProcesses.of(container.containerId(), container.pid());
        this.disk = new DiskWatch(
                this::written, request.limits().diskBytes(), sandbox.exchange(), settings.minimumFreeDisk(), clock);
    }

    /** What the files have that are shared with the platform, and those that only the container sees. */
    private long written(long enough) throws IOException {
        Long own = engine.call(
                        "measure",
                        sandbox.name(),
                        () -> engine.client()
                                .inspectContainerCmd(sandbox.name())
                                .withSize(true)
                                .exec())
                .getSizeRw();
        long container = own == null ? 0 : own;
        return container > enough ? container : container + DiskUse.of(sandbox.exchange(), enough - container);
    }

    @Override
    public Path exchange() {
        return sandbox.exchange();
    }

    @Override
    public StepResult run(Step step, OutputSink sink) throws SandboxException, InterruptedException {
        if (ended != null) {
            return ended;
        }
        if (cancelled.get()) {
            return new StepResult.Cancelled();
        }
        if (deadline == null) {
            deadline = clock.instant().plus(request.limits().time());
        }
        OptionalLong killsBefore = processes.memoryKills();
        try {
            StepResult result = execute(step, sink);
            if (!(result instanceof StepResult.Exited exited)) {
                ended = result;
                return result;
            }
            boolean starved = exited.code() != 0
                    && killsBefore.isPresent()
                    && processes.memoryKills().orElse(0) > killsBefore.getAsLong();
            if (!processes.killStepLeftovers()) {
                kill();
                throw new SandboxException("end the processes of", step.name(), "new ones came faster than they died");
            }
            return starved ? new StepResult.OutOfMemory(request.limits().memoryBytes()) : result;
        } catch (RuntimeUnavailableException | DockerException e) {
            if (cancelled.get()) {
                return new StepResult.Cancelled();
            }
            throw SandboxYard.failure("run step " + step.name(), request.buildId(), e);
        }
    }

    private StepResult execute(Step step, OutputSink sink) throws SandboxException, InterruptedException {
        try (StepExecution execution = StepExecution.start(engine, sandbox.name(), step, environment(step), sink)) {
            try {
                return await(step, execution);
            } catch (InterruptedException e) {
                kill();
                throw e;
            }
        }
    }

    private StepResult await(Step step, StepExecution execution) throws SandboxException, InterruptedException {
        Instant begun = clock.instant();
        while (true) {
            Duration left = Duration.between(clock.instant(), java.util.Objects.requireNonNull(deadline));
            boolean over = left.isNegative() || left.isZero();
            boolean streamEnded = execution.awaitOutput(over ? Duration.ZERO : left.compareTo(LOOK) < 0 ? left : LOOK);
            if (cancelled.get()) {
                kill();
                return new StepResult.Cancelled();
            }
            if (execution.refused()) {
                kill();
                return new StepResult.OutputLimit(execution.bytes());
            }
            if (streamEnded || execution.exited()) {
                boolean brief = clock.instant().isBefore(begun.plus(LOOK));
                return !brief && wroteTooMuch(true) ? tooMuchDisk() : new StepResult.Exited(execution.exitCode());
            }
            if (over) {
                kill();
                return new StepResult.TimedOut(request.limits().time());
            }
            checkDisk(step);
            if (wroteTooMuch(false)) {
                return tooMuchDisk();
            }
        }
    }

    private StepResult tooMuchDisk() {
        kill();
        return new StepResult.DiskLimit(request.limits().diskBytes());
    }

    private boolean wroteTooMuch(boolean now) throws SandboxException {
        try {
            return now ? disk.exceededNow() : disk.exceeded();
        } catch (IOException e) {
            throw new SandboxException("measure the files", request.buildId(), String.valueOf(e.getMessage()), e);
        }
    }

    private void checkDisk(Step step) throws SandboxException {
        try {
            OptionalLong free = disk.tooFull();
            if (free.isPresent()) {
                kill();
                throw new SandboxException(
                        "go on with step " + step.name(),
                        request.buildId(),
                        "the disk has only " + free.getAsLong() + " bytes left");
            }
        } catch (IOException e) {
            throw new SandboxException("measure the disk", request.buildId(), String.valueOf(e.getMessage()), e);
        }
    }

    private Map<String, String> environment(Step step) {
        Map<String, String> environment = new HashMap<>(request.environment());
        environment.putAll(step.environment());
        return environment;
    }

    @Override
    public void cancel() {
        if (cancelled.compareAndSet(false, true) && !closed.get()) {
            kill();
        }
    }

    private void kill() {
        try {
            engine.call(
                    "kill",
                    sandbox.name(),
                    () -> engine.client().killContainerCmd(sandbox.name()).exec());
        } catch (DockerException gone) {
            // It is not there or does not run: nothing is left to kill.
            cancelled.compareAndSet(false, cancelled.get());
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            boolean quiet = processes.visible() && processes.killStepLeftovers();
            tidying.take(sandbox, quiet);
        }
    }
}
