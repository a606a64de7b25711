package dev.slipway.deploy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** People who ask an app for its page at a fixed rate, whether or not those before them have got theirs. */
final class Visitors implements AutoCloseable {
    private static final int SHOWN = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final ScheduledExecutorService rate = Executors.newSingleThreadScheduledExecutor();
    private final HttpRequest request;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final Map<String, Long> bodies = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();

    private Visitors(Installation slipway, String host) {
        request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + slipway.proxyPort() + "/"))
                .header("Host", host)
                .timeout(PATIENCE)
                .build();
    }

    /** Lets {@code perSecond} visitors come in each second until this is closed. */
    static Visitors of(App app, int perSecond) {
        Visitors visitors = new Visitors(app.slipway(), app.host());
        long every = TimeUnit.SECONDS.toNanos(1) / perSecond;
        visitors.rate.scheduleAtFixedRate(visitors::visit, 0, every, TimeUnit.NANOSECONDS);
        return visitors;
    }

    private void visit() {
        sent.incrementAndGet();
        long begun = System.nanoTime();
        http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).whenComplete((response, failure) -> {
            if (failure != null || response.statusCode() != 200) {
                long after = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
                failures.add((failure != null ? failure.toString() : response.statusCode() + " " + response.body())
                        + " after " + after + " ms");
            } else {
                bodies.merge(response.body(), 1L, Long::sum);
            }
            answered.incrementAndGet();
        });
    }

    /** Lets nobody else in and waits for those who are. */
    Visitors end() {
        rate.shutdown();
        Await.until("all visitors answered", PATIENCE.multipliedBy(2), () -> answered.get() == sent.get());
        return this;
    }

    long answered() {
        return answered.get();
    }

    /** How many have seen what. */
    Map<String, Long> bodies() {
        return bodies;
    }

    long failed() {
        return failures.size();
    }

    String failures() {
        return failures.size() + " of " + sent + " failed: "
                + String.join("\n", failures.stream().limit(SHOWN).toList());
    }

    @Override
    public void close() {
        rate.shutdownNow();
        http.shutdownNow();
    }
}
