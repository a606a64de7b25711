package dev.slipway.platform.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What must not be held back, must not pile up, and goes on after the request. */
class StreamingTest {
    private static final String HOST = "Host: " + RunningProxy.HOST + "\r\n";

    @Test
    void passesServerSentEventsAtOnce() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        try (RawBackend shop = new RawBackend("i1", (request, in, out) -> {
                    RawBackend.raw(out, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n");
                    seen.await();
                    RawBackend.raw(out, "data: 2\n\n");
                    return false;
                });
                RunningProxy proxy = new RunningProxy().to(shop.backend);
                RawClient client = proxy.connect()) {
            client.send("GET / HTTP/1.1\r\n" + HOST + "\r\n").readHead();
            assertThat(client.line()).isEqualTo("9");
            assertThat(new String(client.exactly(9))).isEqualTo("data: 1\n\n");
            seen.countDown();
            client.line();
            assertThat(client.line()).isEqualTo("9");
            assertThat(new String(client.exactly(9))).isEqualTo("data: 2\n\n");
            client.line();
            assertThat(client.line()).isEqualTo("0");
        }
    }

    @Test
    void tunnelsWebSockets() throws Exception {
        try (RawBackend shop = new RawBackend("i1", (request, in, out) -> {
                    RawBackend.raw(
                            out,
                            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                    + "Sec-WebSocket-Accept: x\r\n\r\n\u0001first");
                    byte[] buffer = new byte[100];
                    for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
                        out.write(buffer, 0, read);
                    }
                    return false;
                });
                RunningProxy proxy = new RunningProxy("max-in-flight", "1").to(shop.backend)) {
            try (RawClient client = proxy.connect();
                    RawClient second = proxy.connect()) {
                for (RawClient each : new RawClient[] {client, second}) {
                    // The first bytes of the new protocol may come together with the request.
                    each.send("GET / HTTP/1.1\r\n" + HOST
                            + "Connection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n\r\nearly");
                    RawClient.Response response = each.readHead();
                    assertThat(response.status()).isEqualTo(101);
                    assertThat(response.field("upgrade")).contains("websocket");
                    assertThat(new String(each.exactly(11))).isEqualTo("\u0001firstearly");
                }
                for (int i = 0; i < 20; i++) {
                    assertThat(new String(client.send("frame" + i % 10).exactly(6)))
                            .isEqualTo("frame" + i % 10);
                }
                assertThat(proxy.proxy.inFlight("i1")).isEqualTo(2);
            }
            assertThat(proxy.proxy.awaitDrained("i1", java.time.Duration.ofSeconds(10)))
                    .isTrue();
        }
    }

    @Test
    void letsASlowReaderHoldTheBackendBack() throws Exception {
        AtomicLong written = new AtomicLong();
        long whole = 256L << 20;
        try (RawBackend shop = new RawBackend("i1", (request, in, out) -> {
                    RawBackend.raw(out, "HTTP/1.1 200 OK\r\nContent-Length: " + whole + "\r\n\r\n");
                    byte[] piece = new byte[64 * 1024];
                    for (long rest = whole; rest > 0; rest -= piece.length) {
                        out.write(piece);
                        written.addAndGet(piece.length);
                    }
                    return true;
                });
                RunningProxy proxy = new RunningProxy().to(shop.backend);
                RawClient client = proxy.connect()) {
            client.send("GET / HTTP/1.1\r\n" + HOST + "\r\n").readHead();
            stops(written);
            assertThat(written.get()).isLessThan(40L << 20); // what the kernel's socket buffers take, and no more
            client.in.skipNBytes(whole);
            assertThat(written.get()).isEqualTo(whole);
        }
    }

    @Test
    void letsASlowBackendHoldTheUploadBack() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        AtomicLong sent = new AtomicLong();
        int whole = 256 << 20;
        try (RawBackend shop = new RawBackend("i1", (request, in, out) -> {
                    go.await();
                    in.skipNBytes(request.length());
                    RawBackend.say(out, "got it");
                    return true;
                });
                RunningProxy proxy = new RunningProxy().to(shop.backend);
                RawClient client = proxy.connect()) {
            client.send("POST / HTTP/1.1\r\n" + HOST + "Content-Length: " + whole + "\r\n\r\n");
            Thread upload = Thread.ofVirtual().start(() -> {
                try {
                    byte[] piece = new byte[64 * 1024];
                    for (int rest = whole; rest > 0; rest -= piece.length) {
                        client.send(piece);
                        sent.addAndGet(piece.length);
                    }
                } catch (IOException broken) {
                    sent.set(-1);
                }
            });
            stops(sent);
            assertThat(sent.get()).isLessThan(40L << 20);
            go.countDown();
            assertThat(client.read().text()).isEqualTo("got it");
            upload.join(TimeUnit.SECONDS.toMillis(10));
            assertThat(sent.get()).isEqualTo(whole);
        }
    }

    /** Waits until a count has not changed for a while. */
    private static void stops(AtomicLong count) {
        long[] last = {-1, System.nanoTime()};
        Check.eventually("count stands still", () -> {
            long now = count.get();
            if (now != last[0]) {
                last[0] = now;
                last[1] = System.nanoTime();
            }
            return now > 0 && System.nanoTime() - last[1] > 300_000_000L;
        });
    }

    @Test
    void endsTheBackendsWorkWhenTheClientGoes() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        try (RawBackend shop = new RawBackend("i1", (request, in, out) -> {
                    if (in.read() < 0) {
                        closed.countDown();
                    }
                    return false;
                });
                RunningProxy proxy = new RunningProxy().to(shop.backend)) {
            try (RawClient client = proxy.connect()) {
                client.send("GET / HTTP/1.1\r\n" + HOST + "\r\n");
                shop.requests.take();
            }
            assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
            Check.eventually(
                    "counted", () -> proxy.metrics.totals().get("acme/shop").requests() == 1);
            assertThat(proxy.metrics.totals().get("acme/shop").byStatusClass().get(3))
                    .isEqualTo(1);
        }
    }
}
