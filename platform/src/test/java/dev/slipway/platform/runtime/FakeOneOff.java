package dev.slipway.platform.runtime;

import java.io.InputStream;
import java.io.OutputStream;

/** One attached shell of the fake runtime; its terminal has no size. */
final class FakeOneOff implements OneOff {

    private final Process process;
    private final InstanceId id;

    FakeOneOff(Process process, InstanceId id) {
        this.process = process;
        this.id = id;
    }

    @Override
    public InstanceId id() {
        return id;
    }

    @Override
    public OutputStream stdin() {
        return process.getOutputStream();
    }

    @Override
    public InputStream stdout() {
        return process.getInputStream();
    }

    @Override
    public InputStream stderr() {
        return process.getErrorStream();
    }

    @Override
    public void resize(int columns, int rows) {}

    @Override
    public int waitForExit() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        kill();
    }
}
