package dev.slipway.platform.runtime.mesos;

import dev.slipway.platform.runtime.InstanceId;
import dev.slipway.platform.runtime.LogSink;
import dev.slipway.platform.runtime.OneOff;
import dev.slipway.platform.runtime.RuntimeUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A one-off command as a task: what it prints is read from its sandbox; Mesos carries no input to it. */
final class MesosOneOff implements OneOff, LogSink {
    private static final int PIPE = 256 * 1024;

    private final MesosRuntime runtime;
    private final InstanceId id;
    private final PipedInputStream stdout = new PipedInputStream(PIPE);
    private final PipedInputStream stderr = new PipedInputStream(PIPE);
    private final PipedOutputStream toStdout;
    private final PipedOutputStream toStderr;
    private final CompletableFuture<Integer> code;
    private volatile boolean killed;

    MesosOneOff(MesosRuntime runtime, InstanceId id, CompletableFuture<Integer> code) {
        this.runtime = runtime;
        this.id = id;
        this.code = code;
        try {
            this.toStdout = new PipedOutputStream(stdout);
            this.toStderr = new PipedOutputStream(stderr);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void line(Instant at, Stream stream, String line) {
        try {
            PipedOutputStream to = stream == Stream.STDOUT ? toStdout : toStderr;
            to.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            to.flush();
        } catch (IOException e) {
            return; // nobody reads it any more
        }
    }

    @Override
    public void end() {
        try {
            toStdout.close();
            toStderr.close();
        } catch (IOException e) {
            return;
        }
    }

    @Override
    public InstanceId id() {
        return id;
    }

    @Override
    public OutputStream stdin() {
        return new OutputStream() {
            @Override
            public void write(int next) throws IOException {
                throw new IOException("A command on a Mesos site has no input: give it what it needs as arguments");
            }
        };
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
    public void resize(int columns, int rows) {}

    @Override
    public int waitForExit() throws InterruptedException {
        try {
            int exited = code.get();
            return killed ? 137 : exited;
        } catch (ExecutionException e) {
            throw new RuntimeUnavailableException("wait for", id.text(), String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void kill() {
        killed = true;
        runtime.kill(id);
    }

    @Override
    public void close() {
        runtime.remove(id);
    }
}
