package dev.slipway.platform.runtime.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.WaitResponse;
import dev.slipway.platform.runtime.InstanceId;
import dev.slipway.platform.runtime.LaunchSpec;
import dev.slipway.platform.runtime.OneOff;
import dev.slipway.platform.runtime.RuntimeUnavailableException;
import dev.slipway.platform.runtime.docker.InstanceContainer.Attendance;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** A one-off command in a container of its own with its streams attached. */
final class AttachedOneOff implements OneOff {

    private static final int WAITING_BYTES = 1 << 20;

    private final Engine engine;
    private final InstanceId id;
    private final boolean terminal;
    private final Attachment attachment;
    private final BytePipe stdout = new BytePipe(WAITING_BYTES);
    private final BytePipe stderr = new BytePipe(WAITING_BYTES);
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private final Future<?> pumping;

    private AttachedOneOff(Engine engine, InstanceId id, boolean terminal, Attachment attachment) {
        this.engine = engine;
        this.id = id;
        this.terminal = terminal;
        this.attachment = attachment;
        this.pumping = engine.work().submit(this::pump);
    }

    static AttachedOneOff start(Engine engine, Launcher launcher, LaunchSpec spec, boolean tty) {
        if (!launcher.create(spec, tty ? Attendance.TERMINAL : Attendance.ATTACHED)) {
            throw new EngineRefusedException("An instance " + spec.id() + " is there already.");
        }
        Attachment attachment;
        try {
            attachment = engine.call(
                    "attach to",
                    spec.id().text(),
                    () -> Attachment.open(engine, spec.id().text()));
        } catch (RuntimeUnavailableException e) {
            Leftovers.force(engine, spec.id().text());
            throw e;
        }
        AttachedOneOff oneOff = new AttachedOneOff(engine, spec.id(), tty, attachment);
        try {
            launcher.start(spec);
            oneOff.await();
            return oneOff;
        } catch (Launcher.NetworkGoneException e) {
            oneOff.close();
            throw new RuntimeUnavailableException("start", spec.id().text(), "its network was removed", e);
        } catch (RuntimeException e) {
            oneOff.close();
            throw e;
        }
    }

    private void pump() {
        try {
            attachment.pump(terminal, (error, chunk) -> (error ? stderr : stdout).put(chunk));
        } catch (IOException e) {
            // The connection ended with the engine or by close(); the streams end, and the exit says the rest.
            stdout.end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stdout.end();
            stderr.end();
        }
    }

    private void await() {
        engine.client().waitContainerCmd(id.text()).exec(new ResultCallback.Adapter<WaitResponse>() {
            @Override
            public void onNext(WaitResponse response) {
                exit.complete(response.getStatusCode());
            }

            @Override
            public void onError(Throwable failure) {
                exit.completeExceptionally(failure);
            }

            @Override
            public void onComplete() {
                exit.completeExceptionally(new IOException("the engine ended the wait without an exit code"));
            }
        });
    }

    @Override
    public InstanceId id() {
        return id;
    }

    @Override
    public OutputStream stdin() {
        return attachment.stdin();
    }

    @Override
    public InputStream stdout() {
        return stdout;
    }

    @Override
    public InputStream stderr() {
        return stderr;
    }

    @Override
    public void resize(int columns, int rows) {
        if (!terminal || columns <= 0 || rows <= 0 || exit.isDone()) {
            return;
        }
        try {
            engine.call(
                    "resize the terminal of",
                    id.text(),
                    () -> engine.client()
                            .resizeContainerCmd(id.text())
                            .withSize(rows, columns)
                            .exec());
        } catch (NotFoundException | ConflictException | EngineFaultException e) {
            // The command ended meanwhile: there is no terminal left to resize.
            return;
        }
    }

    @Override
    public int waitForExit() throws InterruptedException {
        try {
            return exit.get();
        } catch (ExecutionException e) {
            throw new RuntimeUnavailableException("wait for", id.text(), Engine.reason(e), e);
        }
    }

    @Override
    public void kill() {
        try {
            engine.call(
                    "kill",
                    id.text(),
                    () -> engine.client().killContainerCmd(id.text()).exec());
        } catch (NotFoundException | ConflictException e) {
            // It has ended by itself.
            return;
        }
    }

    @Override
    public void close() {
        try {
            Leftovers.force(engine, id.text());
        } finally {
            stdout.close();
            stderr.close();
            attachment.close();
            pumping.cancel(true);
            exit.complete(137);
        }
    }
}
