package dev.slipway.platform.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One command of a channel on a thread of its own: streams in, exit code out. */
final class ChannelCommand implements Command {
    private static final Logger LOG = Logger.getLogger(ChannelCommand.class);

    /** What is run. */
    interface Body {
        int run(InputStream in, OutputStream out, OutputStream err, Environment environment)
                throws IOException, InterruptedException;
    }

    private final Body body;
    private final ExecutorService threads;
    private final boolean endsWithClient;
    private InputStream in = InputStream.nullInputStream();
    private OutputStream out = OutputStream.nullOutputStream();
    private OutputStream err = OutputStream.nullOutputStream();
    private @Nullable ExitCallback exit;
    private volatile @Nullable Future<?> running;

    /** @param endsWithClient whether the thread is interrupted when the client goes away; a push is not */
    ChannelCommand(Body body, ExecutorService threads, boolean endsWithClient) {
        this.body = body;
        this.threads = threads;
        this.endsWithClient = endsWithClient;
    }

    @Override
    public void setInputStream(InputStream stream) {
        in = stream;
    }

    @Override
    public void setOutputStream(OutputStream stream) {
        out = stream;
    }

    @Override
    public void setErrorStream(OutputStream stream) {
        err = stream;
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
        exit = callback;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) {
        running = threads.submit(() -> run(environment));
    }

    @Override
    public void destroy(ChannelSession channel) {
        Future<?> task = running;
        if (task != null && endsWithClient) {
            task.cancel(true);
        }
    }

    private void run(Environment environment) {
        int code = 1;
        try {
            code = body.run(in, out, err, environment);
            out.flush();
            err.flush();
        } catch (IOException e) {
            LOG.debugf(e, "Command ended with its connection");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.errorf(e, "Command failed");
            say(" !     Slipway failed while running this. The operator finds the reason in the log.\n");
        } finally {
            ExitCallback callback = exit;
            if (callback != null) {
                callback.onExit(code);
            }
        }
    }

    private void say(String text) {
        try {
            err.write(text.getBytes(StandardCharsets.UTF_8));
            err.flush();
        } catch (IOException e) {
            LOG.debugf(e, "Client gone");
        }
    }
}
