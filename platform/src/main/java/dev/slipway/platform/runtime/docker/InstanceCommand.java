package dev.slipway.platform.runtime.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectExecResponse;
import com.github.dockerjava.api.model.Frame;
import dev.slipway.platform.runtime.CommandLimits;
import dev.slipway.platform.runtime.CommandResult;
import dev.slipway.platform.runtime.RuntimeUnavailableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One command that runs beside an instance's own process. The engine can start such a command but not end it: what a
 * limit ends is killed through the kernel of this machine, and only what belongs to the instance. An engine on another
 * machine leaves it to the limits of the instance.
 */
final class InstanceCommand extends ResultCallback.Adapter<Frame> {

    private static final int ROUNDS = 100;
    private static final int LOOKS = 2_000;

    private final Engine engine;
    private final ContainerState instance;
    private final String id;
    private final int outputLimit;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean tooMuch;
    private volatile @Nullable Throwable failure;

    private InstanceCommand(Engine engine, ContainerState instance, String id, int outputLimit) {
        this.engine = engine;
        this.instance = instance;
        this.id = id;
        this.outputLimit = outputLimit;
    }

    static CommandResult run(Engine engine, ContainerState instance, List<String> command, CommandLimits limits) {
        String id = engine.call(
                        "prepare a command in",
                        instance.containerId(),
                        () -> engine.client()
                                .execCreateCmd(instance.containerId())
                                .withCmd(command.toArray(String[]::new))
                                .withAttachStdout(true)
                                .withAttachStderr(true)
                                .exec())
                .getId();
        try (InstanceCommand execution = new InstanceCommand(engine, instance, id, limits.outputBytes())) {
            engine.client().execStartCmd(id).withDetach(false).exec(execution);
            return execution.await(limits);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RuntimeUnavailableException("run a command in", instance.containerId(), "interrupted", e);
        } catch (IOException e) {
            throw new RuntimeUnavailableException("run a command in", instance.containerId(), Engine.reason(e), e);
        }
    }

    private CommandResult await(CommandLimits limits) throws InterruptedException {
        boolean inTime = ended.await(limits.time().toNanos(), TimeUnit.NANOSECONDS);
        if (tooMuch || !inTime) {
            kill();
            return tooMuch ? new CommandResult.TooMuchOutput(text()) : new CommandResult.TimedOut(text());
        }
        Throwable broken = failure;
        if (broken != null) {
            throw new RuntimeUnavailableException(
                    "read the output of a command in", instance.containerId(), Engine.reason(broken), broken);
        }
        return new CommandResult.Exited(exitCode(), text());
    }

    @Override
    public void onNext(Frame frame) {
        byte[] payload = frame.getPayload();
        synchronized (output) {
            int room = outputLimit - output.size();
            output.write(payload, 0, Math.min(room, payload.length));
            if (payload.length > room) {
                tooMuch = true;
                ended.countDown();
            }
        }
    }

    @Override
    public void onError(Throwable error) {
        failure = error;
        ended.countDown();
    }

    @Override
    public void onComplete() {
        ended.countDown();
    }

    private String text() {
        synchronized (output) {
            return output.toString(StandardCharsets.UTF_8);
        }
    }

    /** The exit code, which the engine may learn a moment after the output ended. */
    private int exitCode() {
        for (int look = 0; look < LOOKS; look++) {
            InspectExecResponse state = inspect();
            Long code = state.getExitCodeLong();
            if (Boolean.FALSE.equals(state.isRunning()) && code != null) {
                return code.intValue();
            }
        }
        throw new RuntimeUnavailableException(
                "learn the exit code of a command in",
                instance.containerId(),
                "its output ended but it still runs",
                new IOException("no exit code"));
    }

    private InspectExecResponse inspect() {
        return engine.call(
                "look at a command in",
                instance.containerId(),
                () -> engine.client().inspectExecCmd(id).exec());
    }

    /** Kills the command with everything it started, and nothing else: the instance's own processes go on. */
    private void kill() {
        Long pid = inspect().getPidLong();
        if (pid == null || pid == 0) {
            return;
        }
        ProcessFiles files = ProcessFiles.of(instance.containerId(), instance.pid());
        for (int round = 0; round < ROUNDS; round++) {
            Set<Long> ofInstance = new HashSet<>(files.processes());
            ofInstance.remove(instance.pid());
            List<Long> left = ProcessHandle.of(pid).stream()
                    .flatMap(root -> Stream.concat(root.descendants(), Stream.of(root)))
                    .map(ProcessHandle::pid)
                    .filter(ofInstance::contains)
                    .toList();
            if (left.isEmpty()) {
                return;
            }
            left.forEach(files::kill);
            Thread.onSpinWait();
        }
    }
}
