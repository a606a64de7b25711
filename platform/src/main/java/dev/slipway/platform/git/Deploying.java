package dev.slipway.platform.git;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs the push receiver on a thread of its own while the connection's thread passes the output on and keeps the connection
 * alive through silences.
 */
final class Deploying {
    private static final Logger LOG = Logger.getLogger(Deploying.class);

    private final PushReceiver receiver;
    private final ExecutorService threads;
    private final GitLimits limits;

    Deploying(PushReceiver receiver, ExecutorService threads, GitLimits limits) {
        this.receiver = receiver;
        this.threads = threads;
        this.limits = limits;
    }

    /**
     * Waits for the verdict.
     *
     * @param show takes chunks of output, flushed
     * @param client told to keep alive when nothing is shown
     * @param packets whether the client understands empty side-band packets
     */
    PushVerdict run(AcceptedPush push, Consumer<byte[]> show, ClientStream client, boolean packets) {
        LiveOutput output = new LiveOutput(limits.clientTimeout());
        Future<PushVerdict> verdict = threads.submit(() -> {
            try {
                return receiver.accept(push, output);
            } finally {
                output.finish();
            }
        });
        try {
            relay(output, show, client, packets);
            return verdict.get();
        } catch (InterruptedException e) {
            verdict.cancel(true);
            Thread.currentThread().interrupt();
            return new PushVerdict.Rejected("Slipway is stopping, push again");
        } catch (ExecutionException e) {
            LOG.errorf(
                    e.getCause(),
                    "Push failed app=%s commit=%s",
                    push.ref(),
                    push.commit().id());
            show.accept(
                    " !     Slipway failed while deploying this push; the live release was left as it is. The operator finds the reason in the log.\n"
                            .getBytes(StandardCharsets.UTF_8));
            return new PushVerdict.Rejected("internal error");
        }
    }

    private void relay(LiveOutput output, Consumer<byte[]> show, ClientStream client, boolean packets)
            throws InterruptedException {
        while (true) {
            boolean ended = output.finished();
            byte @Nullable [] chunk = output.next(ended ? Duration.ZERO : limits.keepAlive());
            if (chunk != null && chunk.length > 0) {
                show.accept(chunk);
            } else if (chunk == null && ended) {
                return;
            } else if (chunk == null && packets) {
                client.keepAlive();
            }
            if (client.lost() && output.attached()) {
                output.detach();
                LOG.infof("Client lost in a push, the build goes on");
            }
        }
    }
}
