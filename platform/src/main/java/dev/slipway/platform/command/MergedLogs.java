package dev.slipway.platform.command;

import dev.slipway.platform.instance.Instance;
import dev.slipway.platform.runtime.LogSink;
import dev.slipway.platform.runtime.LogStream;
import dev.slipway.platform.runtime.NoSuchInstanceException;
import dev.slipway.platform.runtime.RuntimeUnavailableException;
import dev.slipway.platform.runtime.Runtimes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The live lines of some instances in one stream. It looks for new instances every second, reads a new one from its first
 * line, and takes up a broken stream where it ended. A reader that is slower than the instances slows the reading, so that
 * no more than a bounded number of lines wait here.
 */
final class MergedLogs implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final int WAITING = 2_000;
    private static final int OVERLAP = 1_000;
    private static final int ALL = -1;

    private final Runtimes runtimes;
    private final Clock clock;
    private final Map<String, Instant> newest;
    private final Map<String, LogStream> attached = new HashMap<>();
    private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(WAITING);
    private volatile boolean closed;

    /** A line, or without one the end of an instance's stream. */
    private record Entry(String id, @Nullable LogLine line) {}

    /** @param newest the time of the last line that has been shown already, by instance */
    MergedLogs(Runtimes runtimes, Clock clock, Map<String, Instant> newest) {
        this.runtimes = runtimes;
        this.clock = clock;
        this.newest = new HashMap<>(newest);
    }

    void follow(Supplier<List<Instance>> instances, LogLine.Sink sink) throws InterruptedException {
        Instant nextLook = clock.instant();
        boolean wanted = true;
        while (wanted) {
            if (!clock.instant().isBefore(nextLook)) {
                instances.get().forEach(this::attach);
                nextLook = clock.instant().plus(LOOK_EVERY);
            }
            Entry entry = queue.poll(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
            if (entry != null) {
                wanted = take(entry, sink);
            }
        }
    }

    private boolean take(Entry entry, LogLine.Sink sink) {
        LogLine line = entry.line();
        if (line == null) {
            LogStream ended = attached.remove(entry.id());
            if (ended != null) {
                ended.close();
            }
            return true;
        }
        Instant shown = newest.get(entry.id());
        if (shown != null && !line.at().isAfter(shown)) {
            return true;
        }
        newest.put(entry.id(), line.at());
        return sink.accept(line);
    }

    private void attach(Instance instance) {
        String id = instance.id().text();
        if (attached.containsKey(id)) {
            return;
        }
        LogSink sink = new LogSink() {
            @Override
            public void line(Instant at, Stream stream, String text) {
                put(new Entry(id, LogCommands.line(instance, at, stream, text)));
            }

            @Override
            public void end() {
                put(new Entry(id, null));
            }
        };
        try {
            attached.put(
                    id,
                    runtimes.of(instance.site())
                            .logs(instance.id(), true, newest.containsKey(id) ? OVERLAP : ALL, sink));
        } catch (NoSuchInstanceException | RuntimeUnavailableException e) {
            // Not launched yet, or its site is away: the next look tries again.
        }
    }

    private void put(Entry entry) {
        try {
            boolean taken = false;
            while (!taken && !closed) {
                taken = queue.offer(entry, LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        queue.clear();
        attached.values().forEach(LogStream::close);
    }
}
