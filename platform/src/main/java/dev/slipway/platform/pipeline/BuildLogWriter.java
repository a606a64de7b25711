package dev.slipway.platform.pipeline;

import dev.slipway.buildpacks.log.BuildEvent;
import dev.slipway.buildpacks.log.BuildLog;
import dev.slipway.buildpacks.log.PushFormat;
import dev.slipway.platform.loop.Timer;
import dev.slipway.platform.transcript.TranscriptId;
import dev.slipway.platform.transcript.Transcripts;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Writes a build's events into its transcript: stages at once, output in small batches, and no more than the limit. */
final class BuildLogWriter implements BuildLog, AutoCloseable {
    private static final int BATCH = 16 << 10;
    private static final Duration DELAY = Duration.ofMillis(40);

    private final Transcripts transcripts;
    private final TranscriptId id;
    private final PushFormat format;
    private final Timer timer;
    private final int limit;
    private final StringBuilder batch = new StringBuilder();
    private long written;
    private long leftOut;
    private Timer.@Nullable Scheduled flush;

    BuildLogWriter(Transcripts transcripts, TranscriptId id, PushFormat format, Timer timer, int limit) {
        this.transcripts = transcripts;
        this.id = id;
        this.format = format;
        this.timer = timer;
        this.limit = limit;
    }

    @Override
    public synchronized void on(BuildEvent event) {
        boolean output = event instanceof BuildEvent.Output;
        for (String line : format.lines(event)) {
            if (output && written + line.length() > limit) {
                leftOut += line.length() + 1;
                continue;
            }
            batch.append(line).append('\n');
            written += line.length() + 1;
        }
        if (!output || batch.length() >= BATCH) {
            flush();
        } else if (flush == null) {
            flush = timer.after(DELAY, this::flush);
        }
    }

    private synchronized void flush() {
        flush = null;
        if (!batch.isEmpty()) {
            String text = batch.toString();
            batch.setLength(0);
            transcripts.append(id, text);
        }
    }

    /** Writes what is left, and how much was left out. */
    @Override
    public synchronized void close() {
        flush();
        if (leftOut > 0) {
            transcripts.append(
                    id, "       … " + leftOut + " more characters of output were left out (limit " + limit + ")\n");
            leftOut = 0;
        }
    }
}
