package dev.slipway.platform.runtime.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.LogContainerCmd;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import dev.slipway.platform.runtime.LogSink;
import dev.slipway.platform.runtime.LogStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Reads what a container wrote to its standard output and standard error. */
final class ContainerLogs {

    private static final int LAST_LINES = 20;
    private static final int LAST_BYTES = 4_096;
    private static final Duration LAST_TIME = Duration.ofSeconds(5);

    private final Engine engine;

    ContainerLogs(Engine engine) {
        this.engine = engine;
    }

    /** Reads lines into a sink until the end or until it is closed. */
    LogStream read(String container, boolean follow, int tail, LogSink sink) {
        LogContainerCmd request = engine.client()
                .logContainerCmd(container)
                .withStdOut(true)
                .withStdErr(true)
                .withTimestamps(true)
                .withFollowStream(follow);
        Reading reading = new Reading(sink);
        (tail < 0 ? request.withTailAll() : request.withTail(tail)).exec(reading);
        return reading;
    }

    /** The last lines, at most 20 and 4 KiB of them; none if the engine does not give them soon. */
    List<String> last(String container) {
        Deque<String> lines = new ArrayDeque<>();
        try (LogStream stream = read(container, false, LAST_LINES, (at, from, line) -> {
            synchronized (lines) {
                lines.addLast(line);
            }
        })) {
            stream.awaitEnd(LAST_TIME);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (lines) {
            return shorten(lines);
        }
    }

    static List<String> shorten(Deque<String> lines) {
        Deque<String> kept = new ArrayDeque<>();
        int left = LAST_BYTES;
        while (!lines.isEmpty() && kept.size() < LAST_LINES && left > 0) {
            String line = lines.removeLast();
            int bytes = line.getBytes(StandardCharsets.UTF_8).length + 1;
            if (bytes > left) {
                byte[] all = line.getBytes(StandardCharsets.UTF_8);
                int from = all.length - (left - 1);
                while (from < all.length && (all[from] & 0xC0) == 0x80) {
                    from++;
                }
                line = new String(all, from, all.length - from, StandardCharsets.UTF_8);
            }
            kept.addFirst(line);
            left -= bytes;
        }
        return List.copyOf(kept);
    }

    private static final class Reading extends ResultCallback.Adapter<Frame> implements LogStream {

        private final LogSink sink;
        private final CountDownLatch end = new CountDownLatch(1);
        private final AtomicBoolean ended = new AtomicBoolean();

        Reading(LogSink sink) {
            this.sink = sink;
        }

        @Override
        public void onNext(Frame frame) {
            if (ended.get()) {
                return;
            }
            String text = new String(frame.getPayload(), StandardCharsets.UTF_8);
            int space = text.indexOf(' ');
            Instant at = Instant.EPOCH;
            if (space > 0) {
                try {
                    at = Instant.parse(text.substring(0, space));
                    text = text.substring(space + 1);
                } catch (DateTimeException e) {
                    at = Instant.EPOCH;
                }
            }
            String line = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
            line = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
            sink.line(
                    at,
                    frame.getStreamType() == StreamType.STDERR ? LogSink.Stream.STDERR : LogSink.Stream.STDOUT,
                    line);
        }

        @Override
        public void onError(Throwable failure) {
            finish();
        }

        @Override
        public void onComplete() {
            finish();
        }

        private void finish() {
            if (ended.compareAndSet(false, true)) {
                sink.end();
                end.countDown();
            }
        }

        @Override
        public boolean awaitEnd(Duration atMost) throws InterruptedException {
            return end.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public void close() {
            finish();
            try {
                super.close();
            } catch (IOException e) {
                ended.set(true);
            }
        }
    }
}
