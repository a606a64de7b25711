package dev.slipway.platform.transcript;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Stores transcripts and lets any number of readers follow them, from this process at once and from another process
 * by reading the table again.
 */
@ApplicationScoped
public class Transcripts {
    private static final long REREAD_MILLIS = 500;

    private final TranscriptRepository repository;
    private final Clock clock;
    private final Map<TranscriptId, List<Semaphore>> followers = new ConcurrentHashMap<>();

    Transcripts(TranscriptRepository repository, Clock clock) {
        this.repository = repository;
        this.clock = clock;
    }

    /** Creates an empty transcript in the caller's transaction. */
    @Transactional
    public TranscriptId open() {
        TranscriptId id = TranscriptId.random();
        repository.create(id.value(), clock.instant());
        return id;
    }

    /** Adds text in a transaction of its own and wakes the followers of this process. */
    public void append(TranscriptId id, String text) {
        if (text.isEmpty()) {
            return;
        }
        String storable = text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
        QuarkusTransaction.requiringNew().run(() -> repository.append(id.value(), storable));
        wake(id);
    }

    /** Ends the transcript: followers are given what is left and return. Closing twice is fine. */
    public void close(TranscriptId id) {
        QuarkusTransaction.requiringNew().run(() -> repository.close(id.value(), clock.instant()));
        wake(id);
    }

    /**
     * Gives the whole text so far to the sink and then each new piece, until the transcript is closed or the sink
     * wants no more.
     *
     * @throws InterruptedException when the waiting thread is interrupted
     */
    public void follow(TranscriptId id, TranscriptSink sink) throws InterruptedException {
        Semaphore signal = new Semaphore(0);
        followers.compute(id, (key, list) -> {
            List<Semaphore> grown = list == null ? new ArrayList<>() : new ArrayList<>(list);
            grown.add(signal);
            return grown;
        });
        try {
            int seq = 0;
            while (true) {
                Page page = page(id, seq);
                seq = page.lastSeq();
                if (!page.text().isEmpty() && !sink.accept(page.text())) {
                    return;
                }
                if (page.closed() && page.text().isEmpty()) {
                    return;
                }
                if (page.text().isEmpty()) {
                    boolean signalled = signal.tryAcquire(REREAD_MILLIS, TimeUnit.MILLISECONDS);
                    if (signalled) {
                        signal.drainPermits();
                    }
                }
            }
        } finally {
            followers.computeIfPresent(id, (key, list) -> {
                List<Semaphore> left = new ArrayList<>(list);
                left.remove(signal);
                return left.isEmpty() ? null : left;
            });
        }
    }

    /** When the transcript was opened. */
    @Transactional
    public Instant begun(TranscriptId id) {
        return repository.findById(id.value()).createdAt;
    }

    /** Whether nothing will be added any more. */
    @Transactional
    public boolean closed(TranscriptId id) {
        TranscriptEntity transcript = repository.findById(id.value());
        return transcript == null || transcript.closedAt != null;
    }

    /** The whole text stored so far. */
    public String text(TranscriptId id) {
        StringBuilder text = new StringBuilder();
        Page page = page(id, 0);
        while (!page.text().isEmpty()) {
            text.append(page.text());
            page = page(id, page.lastSeq());
        }
        return text.toString();
    }

    private record Page(int lastSeq, String text, boolean closed) {}

    private Page page(TranscriptId id, int afterSeq) {
        return QuarkusTransaction.requiringNew().call(() -> {
            // Closed is read first: what was appended before the close is then in the same answer or an earlier one.
            TranscriptEntity transcript = repository.findById(id.value());
            boolean closed = transcript == null || transcript.closedAt != null;
            StringBuilder text = new StringBuilder();
            int seq = afterSeq;
            for (ChunkEntity chunk : repository.after(id.value(), afterSeq)) {
                text.append(chunk.text);
                seq = chunk.seq;
            }
            return new Page(seq, text.toString(), closed);
        });
    }

    private void wake(TranscriptId id) {
        followers.getOrDefault(id, List.of()).forEach(Semaphore::release);
    }
}
