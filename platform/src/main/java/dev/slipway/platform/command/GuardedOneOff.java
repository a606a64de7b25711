package dev.slipway.platform.command;

import dev.slipway.platform.runtime.InstanceId;
import dev.slipway.platform.runtime.OneOff;
import java.io.InputStream;
import java.io.OutputStream;

/** A one-off command that a watch ends; both are closed together. */
record GuardedOneOff(OneOff command, StandingGuard.Watch watch) implements OneOff {
    @Override
    public InstanceId id() {
        return command.id();
    }

    @Override
    public OutputStream stdin() {
        return command.stdin();
    }

    @Override
    public InputStream stdout() {
        return command.stdout();
    }

    @Override
    public InputStream stderr() {
        return command.stderr();
    }

    @Override
    public void resize(int columns, int rows) {
        command.resize(columns, rows);
    }

    @Override
    public int waitForExit() throws InterruptedException {
        return command.waitForExit();
    }

    @Override
    public void kill() {
        command.kill();
    }

    @Override
    public void close() {
        watch.close();
        command.close();
    }
}
