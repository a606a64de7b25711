package dev.slipway.platform.runtime.mesos.fake;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.platform.runtime.mesos.wire.RecordIoDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One stream of the fake: what came and was not asked for yet. Offers lie apart, since the real ones have no order. */
final class ReplayStream {
    private static final int MILLIS_TO_COME = 5_000;

    private final InputStream body;
    private final boolean operator;
    private final BlockingQueue<JsonNode> inbox = new LinkedBlockingQueue<>();
    private final List<JsonNode> offers = new ArrayList<>();
    private final List<JsonNode> early = new ArrayList<>();

    ReplayStream(InputStream body, boolean operator) {
        this.body = body;
        this.operator = operator;
        Thread.startVirtualThread(this::read);
    }

    private void read() {
        RecordIoDecoder decoder = new RecordIoDecoder(1 << 24);
        byte[] piece = new byte[8192];
        try (body) {
            for (int read = body.read(piece); read >= 0; read = body.read(piece)) {
                decoder.feed(
                        ByteBuffer.wrap(piece, 0, read),
                        record -> inbox.add(Recording.parse(new String(record, StandardCharsets.UTF_8))));
            }
        } catch (IOException closed) {
            return;
        }
    }

    boolean operator() {
        return operator;
    }

    void close() throws IOException {
        body.close();
    }

    /** Events that came and were never asked for. */
    List<JsonNode> rest() {
        return early;
    }

    /** The next event that is no offer; the master goes through its tasks in no order, so such are looked for. */
    @Nullable
    JsonNode next(JsonNode real, Predicate<JsonNode> wanted) throws InterruptedException {
        for (JsonNode known : early) {
            if (wanted.test(known)) {
                early.remove(known);
                return known;
            }
        }
        JsonNode fake = poll();
        while (fake != null && Essence.unordered(real) && Essence.unordered(fake) && !wanted.test(fake)) {
            early.add(fake);
            fake = poll();
        }
        return fake;
    }

    private @Nullable JsonNode poll() throws InterruptedException {
        while (true) {
            JsonNode event = inbox.poll(MILLIS_TO_COME, TimeUnit.MILLISECONDS);
            if (event == null) {
                return null;
            }
            switch (event.path("type").asText()) {
                case "HEARTBEAT" -> {}
                case "OFFERS" -> event.path("offers").path("offers").forEach(offers::add);
                default -> {
                    return event;
                }
            }
        }
    }

    /** An offer of this content, if it comes within this time. */
    @Nullable
    JsonNode offer(String content, int millis) throws InterruptedException {
        List<JsonNode> others = new ArrayList<>();
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        JsonNode found = held(content);
        while (found == null && System.nanoTime() < until) {
            JsonNode event = inbox.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (event == null) {
                break;
            }
            if (event.path("type").asText().equals("OFFERS")) {
                event.path("offers").path("offers").forEach(offers::add);
                found = held(content);
            } else if (!event.path("type").asText().equals("HEARTBEAT")) {
                others.add(event);
            }
        }
        // What was read over comes first again.
        inbox.drainTo(others);
        inbox.addAll(others);
        return found;
    }

    private @Nullable JsonNode held(String content) {
        for (JsonNode fake : offers) {
            if (Essence.offered(fake).equals(content)) {
                offers.remove(fake);
                return fake;
            }
        }
        return null;
    }

    List<String> held() {
        return offers.stream().map(Essence::offered).toList();
    }
}
