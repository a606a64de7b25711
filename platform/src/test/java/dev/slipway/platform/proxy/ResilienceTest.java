package dev.slipway.platform.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.platform.route.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What happens when tables change, backends fail, or there is too much to do. */
class ResilienceTest {
    private static final String HOST = "Host: " + RunningProxy.HOST + "\r\n";
    private static final String GET = "GET / HTTP/1.1\r\n" + HOST + "\r\n";

    @Test
    void failsNoRequestWhileTheTableIsSwapped() throws Exception {
        try (RawBackend one = RawBackend.saying("i1", "one");
                RawBackend two = RawBackend.saying("i2", "two");
                RunningProxy proxy = new RunningProxy().to(one.backend)) {
            int clients = 8;
            int each = 400;
            AtomicInteger good = new AtomicInteger();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                threads.add(Thread.ofVirtual().start(() -> {
                    try (RawClient client = proxy.connect()) {
                        for (int n = 0; n < each; n++) {
                            if (client.send(GET).read().status() == 200) {
                                good.incrementAndGet();
                            }
                        }
                    } catch (java.io.IOException broken) {
                        good.addAndGet(-each);
                    }
                }));
            }
            for (int swap = 0; threads.stream().anyMatch(Thread::isAlive); swap++) {
                RawBackend next = swap % 2 == 0 ? two : one;
                RawBackend old = swap % 2 == 0 ? one : two;
                proxy.to(next.backend);
                assertThat(proxy.proxy.awaitDrained(old.backend.instance(), Duration.ofSeconds(20)))
                        .isTrue();
                assertThat(proxy.proxy.inFlight(old.backend.instance())).isZero();
                old.closeConnections();
            }
            assertThat(good).hasValue(clients * each);
        }
    }

    @Test
    void letsARemovedBackendFinish() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (RawBackend old = new RawBackend("i1", (request, in, out) -> {
                    go.await();
                    RawBackend.say(out, "old");
                    return true;
                });
                RawBackend fresh = RawBackend.saying("i2", "new");
                RunningProxy proxy = new RunningProxy().to(old.backend);
                RawClient client = proxy.connect()) {
            client.send(GET);
            old.requests.take();
            proxy.to(fresh.backend);
            assertThat(proxy.send(GET).text()).isEqualTo("new");
            assertThat(proxy.proxy.inFlight("i1")).isEqualTo(1);
            assertThat(proxy.proxy.awaitDrained("i1", Duration.ofMillis(1))).isFalse();
            go.countDown();
            assertThat(client.read().text()).isEqualTo("old");
            assertThat(proxy.proxy.awaitDrained("i1", Duration.ofSeconds(10))).isTrue();
        }
    }

    @Test
    void repeatsHarmlessRequestsOnAConnectionThatWasGivenUp() throws Exception {
        try (RawBackend shop = new RawBackend("i1", (request, in, out) -> {
                    in.readNBytes(request.length());
                    boolean old = request.line().contains("/again") && request.connection() == 1;
                    if (!old) {
                        RawBackend.say(out, "connection " + request.connection());
                    }
                    return !old;
                });
                RunningProxy proxy = new RunningProxy("threads", "1").to(shop.backend)) {
            assertThat(proxy.send(GET).text()).isEqualTo("connection 1");
            assertThat(proxy.send("GET /again HTTP/1.1\r\n" + HOST + "\r\n").text())
                    .isEqualTo("connection 2");
            assertThat(shop.requests).hasSize(3);
        }
    }

    @Test
    void doesNotRepeatWhatMayHaveBeenDone() throws Exception {
        try (RawBackend shop = new RawBackend("i1", (request, in, out) -> {
                    in.readNBytes(request.length());
                    boolean post = request.line().startsWith("POST");
                    if (!post) {
                        RawBackend.say(out, "fine");
                    }
                    return !post;
                });
                RunningProxy proxy = new RunningProxy("threads", "1").to(shop.backend)) {
            proxy.send(GET);
            assertThat(proxy.send("POST / HTTP/1.1\r\nContent-Length: 1\r\n" + HOST + "\r\nx")
                            .status())
                    .isEqualTo(502);
            assertThat(shop.requests).hasSize(2);
        }
    }

    @Test
    void letsRequestsWaitForASlotAndRefusesWhatDoesNotFit() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger most = new AtomicInteger();
        AtomicInteger now = new AtomicInteger();
        try (RawBackend shop = new RawBackend("i1", (request, in, out) -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    go.await();
                    now.decrementAndGet();
                    RawBackend.say(out, "hello");
                    return true;
                });
                RunningProxy proxy = new RunningProxy("max-in-flight", "2", "max-waiting", "3").to(shop.backend)) {
            List<RawClient> clients = new ArrayList<>();
            AtomicInteger refused = new AtomicInteger();
            for (int i = 0; i < 8; i++) {
                clients.add(proxy.connect().send(GET));
            }
            Check.eventually(
                    "three refused",
                    () -> proxy.metrics.totals().containsKey("acme/shop")
                            && proxy.metrics
                                            .totals()
                                            .get("acme/shop")
                                            .byStatusClass()
                                            .get(4)
                                    == 3);
            Check.eventually("both slots taken", () -> now.get() == 2);
            go.countDown();
            for (RawClient client : clients) {
                RawClient.Response response = client.read();
                if (response.status() == 503) {
                    assertThat(response.field("retry-after")).contains("1");
                    refused.incrementAndGet();
                } else {
                    assertThat(response.text()).isEqualTo("hello");
                }
                client.close();
            }
            assertThat(refused).hasValue(3);
            assertThat(most).hasValue(2);
        }
    }

    @Test
    void endsAWaitThatIsTooLong() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (RawBackend shop = new RawBackend("i1", (request, in, out) -> {
                    never.await();
                    return false;
                });
                RunningProxy proxy = new RunningProxy("max-in-flight", "1", "max-wait", "50ms").to(shop.backend);
                RawClient first = proxy.connect()) {
            first.send(GET);
            shop.requests.take();
            assertThat(proxy.send(GET).status()).isEqualTo(503);
            never.countDown();
        }
    }

    @Test
    void takesWaitingRequestsToTheNewBackends() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (RawBackend stuck = new RawBackend("i1", (request, in, out) -> {
                    never.await();
                    return false;
                });
                RawBackend fresh = RawBackend.saying("i2", "new");
                RunningProxy proxy = new RunningProxy("max-in-flight", "1").to(stuck.backend);
                RawClient first = proxy.connect();
                RawClient second = proxy.connect()) {
            first.send(GET);
            stuck.requests.take();
            second.send(GET);
            proxy.to(fresh.backend);
            assertThat(second.read().text()).isEqualTo("new");
            never.countDown();
        }
    }

    @Test
    void answers504ForABackendThatIsSilent() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (RawBackend shop = new RawBackend("i1", (request, in, out) -> {
                    never.await();
                    return false;
                });
                RunningProxy proxy = new RunningProxy("response-timeout", "50ms").to(shop.backend)) {
            assertThat(proxy.send(GET).status()).isEqualTo(504);
            assertThat(proxy.proxy.inFlight("i1")).isZero();
            never.countDown();
        }
    }

    @Test
    void closesOnClientsThatDawdle() throws Exception {
        try (RunningProxy proxy =
                new RunningProxy("header-timeout", "50ms", "keep-alive", "50ms", "body-timeout", "50ms")) {
            try (RawClient silent = proxy.connect()) {
                assertThat(silent.closed()).isTrue();
            }
            assertThat(proxy.send("GET / HTTP/1.1\r\nHos").status()).isEqualTo(408);
            try (RawClient idle = proxy.connect()) {
                assertThat(idle.send(GET).read().status()).isEqualTo(404);
                assertThat(idle.closed()).isTrue();
            }
            try (RawBackend shop = RawBackend.saying("i1", "hello")) {
                proxy.to(shop.backend);
                assertThat(proxy.send("POST / HTTP/1.1\r\nContent-Length: 9\r\n" + HOST + "\r\nabc")
                                .status())
                        .isEqualTo(408);
            }
        }
    }

    @Test
    void prefersTheBackendWithLessInFlight() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (RawBackend busy = new RawBackend("i1", (request, in, out) -> {
                    go.await();
                    RawBackend.say(out, "busy");
                    return true;
                });
                RawBackend idle = RawBackend.saying("i2", "idle");
                RunningProxy proxy = new RunningProxy().to(busy.backend);
                RawClient first = proxy.connect()) {
            first.send(GET);
            busy.requests.take();
            proxy.to(busy.backend, idle.backend);
            for (int i = 0; i < 50; i++) {
                assertThat(proxy.send(GET).text()).isEqualTo("idle");
                // The client has its answer a moment before the slot is given back.
                Check.eventually("idle again", () -> proxy.proxy.inFlight("i2") == 0);
            }
            go.countDown();
            assertThat(first.read().text()).isEqualTo("busy");
        }
    }

    @Test
    void stopsAfterWhatIsInFlight() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (RawBackend shop = new RawBackend("i1", (request, in, out) -> {
                    go.await();
                    RawBackend.say(out, "done");
                    return true;
                });
                RunningProxy proxy = new RunningProxy().to(shop.backend);
                RawClient idle = proxy.connect();
                RawClient busy = proxy.connect()) {
            busy.send(GET);
            shop.requests.take();
            Thread stop = Thread.ofVirtual().start(() -> proxy.proxy.stop(Duration.ofSeconds(20)));
            assertThat(idle.closed()).isTrue();
            go.countDown();
            RawClient.Response last = busy.read();
            assertThat(last.text()).isEqualTo("done");
            assertThat(last.field("connection")).contains("close");
            stop.join();
        }
    }

    @Test
    void refusesConnectionsBeyondTheLimit() throws Exception {
        try (RunningProxy proxy = new RunningProxy("max-connections", "1");
                RawClient first = proxy.connect()) {
            assertThat(first.send(GET).read().status()).isEqualTo(404);
            try (RawClient second = proxy.connect()) {
                assertThat(second.closed()).isTrue();
            }
        }
    }

    @Test
    void countsByApp() throws Exception {
        try (RawBackend shop = RawBackend.saying("i1", "hello");
                RunningProxy proxy = new RunningProxy().to(shop.backend)) {
            proxy.tables.update(before -> Map.of(
                    RunningProxy.HOST, Route.to("acme/shop", shop.backend), "b", Route.unavailable("acme/b", "Off.")));
            proxy.send(GET);
            proxy.send(GET);
            proxy.send("GET / HTTP/1.1\r\nHost: b\r\n\r\n");
            Check.eventually(
                    "counted", () -> proxy.metrics.totals().get("acme/shop").requests() == 2);
            AppTotals totals = proxy.metrics.totals().get("acme/shop");
            assertThat(totals.byStatusClass()).containsExactly(0L, 2L, 0L, 0L, 0L);
            assertThat(totals.latency().stream().mapToLong(Long::longValue).sum())
                    .isEqualTo(2);
            assertThat(totals.nanos()).isPositive();
        }
    }
}
