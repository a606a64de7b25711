package dev.slipway.platform.api;

import dev.slipway.platform.command.BuildCommands;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Carries what a blocking follower tells to a client as server-sent events. A client that reads slowly slows the follower
 * after a bounded number of events; a client that goes interrupts it.
 */
@ApplicationScoped
class EventStream {
    private static final int WAITING = 256;

    private final ExecutorService work;

    EventStream(ExecutorService work) {
        this.work = work;
    }

    /** Follows something and tells each piece. */
    @FunctionalInterface
    interface Follower {
        void follow(Teller teller) throws InterruptedException;
    }

    /** Takes one event; waits while too many are on their way. */
    @FunctionalInterface
    interface Teller {
        void tell(Optional<String> id, String event, Object data);

        /** Takes one that has no place to go on from. */
        default void tell(String event, Object data) {
            tell(Optional.empty(), event, data);
        }
    }

    Multi<OutboundSseEvent> of(Sse sse, Follower follower) {
        AtomicReference<Future<?>> running = new AtomicReference<>();
        return Multi.createFrom()
                .<OutboundSseEvent>publisher(subscriber -> {
                    SubmissionPublisher<OutboundSseEvent> events = new SubmissionPublisher<>(work, WAITING);
                    events.subscribe(subscriber);
                    running.set(work.submit(() -> run(sse, follower, events)));
                })
                .onCancellation()
                .invoke(() -> {
                    Future<?> task = running.get();
                    if (task != null) {
                        task.cancel(true);
                    }
                });
    }

    /** A transcript: events {@code text} with {@code {"text"}}, then one {@code end} with {@code {"succeeded"}}. */
    Multi<OutboundSseEvent> transcript(Sse sse, BuildCommands.Following following) {
        return of(sse, teller -> {
            boolean succeeded = following.to(text -> {
                teller.tell("text", Map.of("text", text));
                return !Thread.currentThread().isInterrupted();
            });
            teller.tell("end", Map.of("succeeded", succeeded));
        });
    }

    private static void run(Sse sse, Follower follower, SubmissionPublisher<OutboundSseEvent> events) {
        try {
            follower.follow((id, name, data) -> {
                OutboundSseEvent.Builder event = sse.newEventBuilder()
                        .name(name)
                        .mediaType(MediaType.APPLICATION_JSON_TYPE)
                        .data(data.getClass(), data);
                id.ifPresent(event::id);
                events.submit(event.build());
            });
            events.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            events.close();
        } catch (RuntimeException e) {
            events.closeExceptionally(e);
        }
    }
}
