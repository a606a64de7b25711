package dev.slipway.platform.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The lines that a fake instance wrote. */
final class FakeLog {

    private record Line(Instant at, LogSink.Stream from, String text) {}

    private final class Reader implements LogStream {
        private final LogSink sink;
        private final CountDownLatch end = new CountDownLatch(1);

        Reader(LogSink sink) {
            this.sink = sink;
        }

        private void finish() {
            if (end.getCount() > 0) {
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
            synchronized (FakeLog.this) {
                readers.remove(this);
                finish();
            }
        }
    }

    private final List<Line> lines = new ArrayList<>();
    private final List<Reader> readers = new ArrayList<>();
    private boolean ended;

    synchronized void add(Instant at, LogSink.Stream from, String text) {
        lines.add(new Line(at, from, text));
        readers.forEach(reader -> reader.sink.line(at, from, text));
    }

    synchronized void end() {
        ended = true;
        readers.forEach(Reader::finish);
        readers.clear();
    }

    synchronized List<String> last() {
        return lines.subList(Math.max(0, lines.size() - 20), lines.size()).stream()
                .map(Line::text)
                .toList();
    }

    synchronized LogStream read(boolean follow, int tail, LogSink sink) {
        Reader reader = new Reader(sink);
        int from = tail < 0 ? 0 : Math.max(0, lines.size() - tail);
        lines.subList(from, lines.size()).forEach(line -> sink.line(line.at(), line.from(), line.text()));
        if (follow && !ended) {
            readers.add(reader);
        } else {
            reader.finish();
        }
        return reader;
    }
}
