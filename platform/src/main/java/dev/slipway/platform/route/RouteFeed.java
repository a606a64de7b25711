package dev.slipway.platform.route;

import dev.slipway.platform.loop.Backoff;
import dev.slipway.platform.loop.Pause;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * Takes the routes of a control plane elsewhere as they change, and keeps the last ones while it is gone. Each event carries
 * the whole table: a proxy that missed some needs no history.
 */
public final class RouteFeed {
    private static final Logger LOG = Logger.getLogger(RouteFeed.class);
    private static final String DATA = "data:";
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(5));
    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final URI address;
    private final String token;
    private final Duration silence;
    private final RouteTables tables;
    private final RandomGenerator random;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private volatile boolean stopped;

    /**
     * A feed that has not begun.
     *
     * @param control address of the control plane, such as {@code http://10.0.0.1:8080}
     * @param token of somebody who may see the platform
     * @param silence after which a connection on which nothing comes is taken for dead
     */
    public RouteFeed(URI control, String token, Duration silence, RouteTables tables, RandomGenerator random) {
        this.address = control.resolve("/api/v1/routes");
        this.token = token;
        this.silence = silence;
        this.tables = tables;
        this.random = random;
    }

    /** Follows for ever, on the calling thread: connects again whenever the connection ends, until {@link #stop}. */
    public void follow(Pause pause) throws InterruptedException {
        int failures = 0;
        boolean told = false;
        while (!stopped) {
            Connection connection = new Connection();
            String ended = connection.run();
            failures = connection.tables.get() > 0 ? 1 : failures + 1;
            if (stopped) {
                return;
            }
            if (connection.tables.get() > 0 || !told) {
                LOG.warnf("control plane gone, the last routes are kept address=%s reason=%s", address, ended);
                told = true;
            }
            pause.pause(BACKOFF.after(failures, random));
        }
    }

    /** Ends after what is being done. */
    public void stop() {
        stopped = true;
        http.shutdownNow();
    }

    private final class Connection implements Flow.Subscriber<String> {
        private final AtomicLong tables = new AtomicLong();
        private final AtomicLong lines = new AtomicLong();
        private final CompletableFuture<String> end = new CompletableFuture<>();

        /** Gives why it ended. */
        String run() throws InterruptedException {
            HttpRequest request = HttpRequest.newBuilder(address)
                    .timeout(silence)
                    .header("Authorization", "Bearer " + token)
                    .header("Accept", "text/event-stream")
                    .build();
            CompletableFuture<HttpResponse<Void>> answer = http.sendAsync(request, status -> {
                if (status.statusCode() != 200) {
                    end.complete("it answered " + status.statusCode());
                    return HttpResponse.BodySubscribers.discarding();
                }
                return HttpResponse.BodySubscribers.fromLineSubscriber(this);
            });
            answer.whenComplete((done, failure) -> {
                if (failure != null) {
                    end.complete(said(failure));
                }
            });
            try {
                return awaitEnd();
            } finally {
                answer.cancel(true);
            }
        }

        /** Looks whether anything has come as often as something has to. */
        private String awaitEnd() throws InterruptedException {
            while (true) {
                long before = lines.get();
                try {
                    return end.get(silence.toMillis(), TimeUnit.MILLISECONDS);
                } catch (TimeoutException quiet) {
                    if (lines.get() == before) {
                        return "nothing came for " + silence.toMillis() + " ms";
                    }
                } catch (ExecutionException impossible) {
                    throw new IllegalStateException(impossible);
                }
            }
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            lines.incrementAndGet();
            if (!line.startsWith(DATA)) {
                return;
            }
            String data = line.substring(DATA.length()).strip();
            if (data.startsWith("{\"format\"")) { // and not a sign of life
                take(data);
            }
        }

        private void take(String data) {
            try {
                RouteTable table = RouteTableText.read(data.getBytes(StandardCharsets.UTF_8));
                RouteFeed.this.tables.update(old -> table.routes());
                if (tables.incrementAndGet() == 1) {
                    LOG.infof(
                            "routes come address=%s hosts=%d",
                            address, table.routes().size());
                }
            } catch (IOException | IllegalArgumentException | NullPointerException bad) {
                LOG.errorf("a route table is ignored address=%s reason=%s", address, bad.getMessage());
            }
        }

        @Override
        public void onError(Throwable failure) {
            end.complete(said(failure));
        }

        @Override
        public void onComplete() {
            end.complete("it ended the stream");
        }

        private static String said(Throwable failure) {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        }
    }
}
