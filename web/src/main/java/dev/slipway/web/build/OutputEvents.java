package dev.slipway.web.build;

import dev.slipway.platform.command.BuildCommands;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Carries a transcript to a browser as server-sent events. A browser that reads slowly slows the follower after a bounded
 * number of events; one that goes interrupts it.
 */
@ApplicationScoped
class OutputEvents {
    private static final int WAITING = 256;

    private final ExecutorService work;

    OutputEvents(ExecutorService work) {
        this.work = work;
    }

    Multi<OutboundSseEvent> of(Sse sse, BuildCommands.Following following) {
        AtomicReference<Future<?>> running = new AtomicReference<>();
        return Multi.createFrom()
                .<OutboundSseEvent>publisher(subscriber -> {
                    SubmissionPublisher<OutboundSseEvent> events = new SubmissionPublisher<>(work, WAITING);
                    events.subscribe(subscriber);
                    running.set(work.submit(() -> run(sse, following, events)));
                })
                .onCancellation()
                .invoke(() -> {
                    Future<?> task = running.get();
                    if (task != null) {
                        task.cancel(true);
                    }
                });
    }

    private static void run(Sse sse, BuildCommands.Following following, SubmissionPublisher<OutboundSseEvent> events) {
        try {
            boolean good = following.to(text -> {
                events.submit(sse.newEvent("text", text));
                return !Thread.currentThread().isInterrupted();
            });
            events.submit(sse.newEvent("end", good ? "good" : "bad"));
            events.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            events.close();
        } catch (RuntimeException e) {
            events.closeExceptionally(e);
        }
    }
}
