package dev.slipway.platform.runtime.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectExecResponse;
import com.github.dockerjava.api.model.Frame;
import dev.slipway.buildpacks.sandbox.OutputSink;
import dev.slipway.buildpacks.sandbox.SandboxException;
import dev.slipway.buildpacks.sandbox.Step;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One command that runs beside the idle process of a sandbox. */
final class StepExecution extends ResultCallback.Adapter<Frame> {

    private static final int LOOKS = 2_000;

    private final Engine engine;
    private final String id;
    private final OutputSink sink;
    private final CountDownLatch output = new CountDownLatch(1);
    private volatile boolean refused;
    private volatile long bytes;

    private StepExecution(Engine engine, String id, OutputSink sink) {
        this.engine = engine;
        this.id = id;
        this.sink = sink;
    }

    static StepExecution start(
            Engine engine, String container, Step step, Map<String, String> environment, OutputSink sink) {
        String id = engine.call(
                        "prepare step " + step.name() + " in",
                        container,
                        () -> engine.client()
                                .execCreateCmd(container)
                                .withCmd(step.command().toArray(String[]::new))
                                .withEnv(InstanceContainer.environment(environment))
                                .withWorkingDir(step.workingDirectory())
                                .withAttachStdout(true)
                                .withAttachStderr(true)
                                .exec())
                .getId();
        StepExecution execution = new StepExecution(engine, id, sink);
        engine.client().execStartCmd(id).withDetach(false).exec(execution);
        return execution;
    }

    @Override
    public void onNext(Frame frame) {
        byte[] payload = frame.getPayload();
        if (!refused) {
            bytes += payload.length;
            if (!sink.accept(payload, 0, payload.length)) {
                refused = true;
                output.countDown();
            }
        }
    }

    @Override
    public void onError(Throwable failure) {
        output.countDown();
    }

    @Override
    public void onComplete() {
        output.countDown();
    }

    /** Waits for the end of the output. */
    boolean awaitOutput(Duration atMost) throws InterruptedException {
        return output.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Whether the sink wanted no more. */
    boolean refused() {
        return refused;
    }

    /** How much the command has printed. */
    long bytes() {
        return bytes;
    }

    /** Whether the command has ended, although something it left may still hold its output. */
    boolean exited() {
        Boolean running = inspect().isRunning();
        return Boolean.FALSE.equals(running);
    }

    /** The exit code, which the engine may learn a moment after the output ended. */
    int exitCode() throws SandboxException {
        for (int look = 0; look < LOOKS; look++) {
            InspectExecResponse state = inspect();
            Long code = state.getExitCodeLong();
            if (Boolean.FALSE.equals(state.isRunning()) && code != null) {
                return code.intValue();
            }
        }
        throw new SandboxException("learn the exit code of", id, "its output ended but the command still runs");
    }

    private InspectExecResponse inspect() {
        return engine.call(
                "look at step", id, () -> engine.client().inspectExecCmd(id).exec());
    }

    @Override
    public void close() {
        try {
            super.close();
        } catch (IOException e) {
            output.countDown();
        }
    }
}
