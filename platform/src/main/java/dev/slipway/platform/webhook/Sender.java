package dev.slipway.platform.webhook;

import dev.slipway.platform.event.TenantEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Makes one attempt. The address is looked up once and the connection goes to exactly what was checked, so that a name that
 * changes its mind in between leads nowhere else; redirects are not followed.
 */
@ApplicationScoped
class Sender {
    private static final int LONGEST_REASON = 300;

    private final HttpClient http;
    private final Reachable reachable;
    private final WebhookSettings settings;
    private final Clock clock;

    Sender(Vertx vertx, Reachable reachable, WebhookSettings settings, Clock clock) {
        this.http = vertx.createHttpClient(new HttpClientOptions()
                .setKeepAlive(false)
                .setVerifyHost(true)
                .setConnectTimeout(Math.toIntExact(settings.patience().toMillis())));
        this.reachable = reachable;
        this.settings = settings;
        this.clock = clock;
    }

    /** How an attempt ended. */
    sealed interface Outcome {
        record Taken(int status) implements Outcome {}

        record Refused(Optional<Integer> status, String reason) implements Outcome {}
    }

    Outcome send(HookAddress to, HookSecret secret, String id, TenantEvent event, String body)
            throws InterruptedException {
        Optional<InetAddress> address;
        try {
            address = reachable.of(to.host());
        } catch (UnknownHostException e) {
            return refused("there is no host " + to.host());
        }
        if (address.isEmpty()) {
            return refused(to.host() + " has an address that is not public; operators allow others by"
                    + " slipway.webhooks.allowed-networks");
        }
        long seconds = clock.instant().getEpochSecond();
        RequestOptions request = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(
                        SocketAddress.inetSocketAddress(to.port(), address.get().getHostAddress()))
                .setHost(to.host())
                .setPort(to.port())
                .setSsl(to.secure())
                .setURI(to.target())
                .setFollowRedirects(false)
                .setTimeout(settings.patience().toMillis())
                .putHeader("Content-Type", "application/json")
                .putHeader("User-Agent", "Slipway")
                .putHeader("webhook-id", id)
                .putHeader("webhook-timestamp", Long.toString(seconds))
                .putHeader("webhook-signature", secret.sign(id, seconds, body))
                .putHeader("Slipway-Event", event.kind());
        try {
            int status = http.request(request)
                    .compose(open -> status(open, body))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(settings.patience().toMillis() * 2, TimeUnit.MILLISECONDS);
            return status >= 200 && status < 300
                    ? new Outcome.Taken(status)
                    : new Outcome.Refused(Optional.of(status), "the receiver answered " + status);
        } catch (ExecutionException e) {
            return refused(
                    String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()));
        } catch (TimeoutException e) {
            return refused("no answer within " + settings.patience().toSeconds() + " s");
        }
    }

    private static io.vertx.core.Future<Integer> status(HttpClientRequest open, String body) {
        // Only the status counts: what else the receiver says is not read, and its connection is closed.
        return open.send(body)
                .map(response -> {
                    response.exceptionHandler(closed -> {});
                    return response.statusCode();
                })
                .onComplete(end -> open.reset());
    }

    private static Outcome refused(String reason) {
        String plain = reason.replaceAll("\\p{Cntrl}", " ");
        return new Outcome.Refused(Optional.empty(), plain.substring(0, Math.min(plain.length(), LONGEST_REASON)));
    }

    @PreDestroy
    void close() {
        http.close();
    }
}
