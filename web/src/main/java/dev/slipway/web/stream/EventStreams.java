package dev.slipway.web.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.platform.command.BuildCommands;
import dev.slipway.platform.command.LogCommands;
import dev.slipway.platform.command.LogLine;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/**
 * Carries what somebody follows to a browser (HTML Standard, server-sent events). A browser that reads slowly slows the
 * follower after a bounded number of events; one that goes interrupts it.
 */
@ApplicationScoped
public class EventStreams {
    private static final int WAITING = 256;

    private final ExecutorService work;
    private final ObjectMapper json;

    EventStreams(ExecutorService work, ObjectMapper json) {
        this.work = work;
        this.json = json;
    }

    /** A transcript from its beginning and as it grows: events {@code text}, at last {@code end} with good or bad. */
    public Multi<OutboundSseEvent> output(Sse sse, BuildCommands.Following following) {
        return of(sse, events -> {
            boolean good = following.to(text -> events.send("text", text));
            events.send("end", good ? "good" : "bad");
        });
    }

    /** The lines that are wanted, as they are written: events {@code line}, each an object of the line's parts as texts. */
    public Multi<OutboundSseEvent> lines(Sse sse, LogCommands.Following following, Predicate<LogLine> wanted) {
        return of(
                sse,
                events -> following.to(line -> wanted.test(line)
                        ? events.send("line", object(line))
                        : !Thread.currentThread().isInterrupted()));
    }

    private String object(LogLine line) {
        try {
            return json.writeValueAsString(Map.of(
                    "at",
                    line.at().toString(),
                    "instance",
                    line.instance(),
                    "stream",
                    line.stream(),
                    "text",
                    line.text()));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("A map of texts could not be written as JSON", e);
        }
    }

    @FunctionalInterface
    private interface Source {
        void to(Events events) throws InterruptedException;
    }

    private record Events(Sse sse, SubmissionPublisher<OutboundSseEvent> browser) {
        /** Returns whether more is wanted. */
        boolean send(String name, String data) {
            browser.submit(sse.newEvent(name, data));
            return !Thread.currentThread().isInterrupted();
        }
    }

    private Multi<OutboundSseEvent> of(Sse sse, Source source) {
        AtomicReference<Future<?>> running = new AtomicReference<>();
        return Multi.createFrom()
                .<OutboundSseEvent>publisher(subscriber -> {
                    SubmissionPublisher<OutboundSseEvent> events = new SubmissionPublisher<>(work, WAITING);
                    events.subscribe(subscriber);
                    running.set(work.submit(() -> run(source, new Events(sse, events))));
                })
                .onCancellation()
                .invoke(() -> {
                    Future<?> task = running.get();
                    if (task != null) {
                        task.cancel(true);
                    }
                });
    }

    private static void run(Source source, Events events) {
        try {
            source.to(events);
            events.browser().close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            events.browser().close();
        } catch (RuntimeException e) {
            events.browser().closeExceptionally(e);
        }
    }
}
