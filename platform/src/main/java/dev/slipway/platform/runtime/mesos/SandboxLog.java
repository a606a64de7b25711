package dev.slipway.platform.runtime.mesos;

import dev.slipway.platform.loop.Pause;
import dev.slipway.platform.runtime.LogSink;
import dev.slipway.platform.runtime.LogStream;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/** Reads stdout and stderr of a task from its agent, once or as they grow. */
final class SandboxLog implements LogStream {
    private static final Logger LOG = Logger.getLogger(SandboxLog.class);
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final int FAILURES = 20;

    private final SandboxFiles files;
    private final String frameworkId;
    private final MesosTask task;
    private final BooleanSupplier over;
    private final LogSink sink;
    private final InstantSource clock;
    private final Pause pause;
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile boolean closed;

    /**
     * @param over whether the task has ended, so that nothing more is written
     */
    SandboxLog(
            SandboxFiles files,
            String frameworkId,
            MesosTask task,
            BooleanSupplier over,
            LogSink sink,
            InstantSource clock,
            Pause pause) {
        this.files = files;
        this.frameworkId = frameworkId;
        this.task = task;
        this.over = over;
        this.sink = sink;
        this.clock = clock;
        this.pause = pause;
    }

    private final class Source {
        final LogSink.Stream stream;
        final SandboxLines lines;
        final List<String> first = new ArrayList<>();
        long offset;

        Source(LogSink.Stream stream) {
            this.stream = stream;
            this.lines = new SandboxLines(stream == LogSink.Stream.STDERR);
        }

        String file() {
            return stream == LogSink.Stream.STDOUT ? "stdout" : "stderr";
        }

        void emit(String line) {
            sink.line(clock.instant(), stream, line);
        }

        /** Begins near the end, at a line's begin if possible. */
        void skip(int wanted) throws IOException {
            Optional<SandboxFiles.Piece> piece = files.read(frameworkId, task, file(), 0, 0);
            long size = piece.map(SandboxFiles.Piece::size).orElse(0L);
            offset = Math.max(0, size - Math.max(SandboxFiles.MOST, wanted * 512L));
            long until = size;
            while (offset < until) {
                Optional<SandboxFiles.Piece> next = files.read(frameworkId, task, file(), offset, until - offset);
                if (next.isEmpty() || next.get().data().length == 0) {
                    break;
                }
                offset += next.get().data().length;
                lines.feed(next.get().data(), first::add);
            }
        }

        /** Reads what is new; whether there was anything. */
        boolean read() throws IOException {
            Optional<SandboxFiles.Piece> piece = files.read(frameworkId, task, file(), offset, SandboxFiles.MOST);
            if (piece.isEmpty() || piece.get().data().length == 0) {
                return false;
            }
            offset += piece.get().data().length;
            lines.feed(piece.get().data(), this::emit);
            return true;
        }
    }

    void run(boolean follow, int tail) {
        try {
            Source output = new Source(LogSink.Stream.STDOUT);
            Source errors = new Source(LogSink.Stream.STDERR);
            if (tail >= 0) {
                beginWith(output, errors, tail, follow);
            }
            int failures = 0;
            while (!closed) {
                boolean last = over.getAsBoolean() || !follow;
                try {
                    boolean more = output.read() | errors.read();
                    failures = 0;
                    if (more) {
                        continue;
                    }
                } catch (IOException e) {
                    if (++failures > FAILURES || !follow) {
                        throw e;
                    }
                }
                if (last) {
                    break;
                }
                pause.pause(LOOK);
            }
            output.lines.end(output::emit);
            errors.lines.end(errors::emit);
        } catch (IOException e) {
            LOG.debugf("log cannot be read any more instance=%s reason=%s", task.id(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sink.end();
            end.countDown();
        }
    }

    private static void beginWith(Source output, Source errors, int tail, boolean follow) throws IOException {
        output.skip(tail);
        errors.skip(tail);
        if (!follow) {
            output.lines.end(output.first::add);
            errors.lines.end(errors.first::add);
        }
        int ofOutput = Math.max(0, Math.min(output.first.size(), tail - Math.min(errors.first.size(), tail / 2)));
        int ofErrors = Math.min(errors.first.size(), tail - ofOutput);
        output.first
                .subList(output.first.size() - ofOutput, output.first.size())
                .forEach(output::emit);
        errors.first
                .subList(errors.first.size() - ofErrors, errors.first.size())
                .forEach(errors::emit);
    }

    @Override
    public boolean awaitEnd(Duration atMost) throws InterruptedException {
        return end.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        closed = true;
    }
}
