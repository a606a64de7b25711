package dev.slipway.platform.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.platform.event.TenantEvent;
import dev.slipway.platform.event.TenantEvents;
import dev.slipway.platform.loop.Backoff;
import dev.slipway.platform.loop.Loops;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;

/**
 * Makes the deliveries that are due. Every process does: the row of a delivery is its lock. A receiver hears of an event at
 * least once, and of one it has taken again only if its answer was lost.
 */
@ApplicationScoped
class WebhookLoop {
    private static final int AT_ONCE = 20;
    private static final Duration TIDY_EVERY = Duration.ofHours(1);

    private final Webhooks webhooks;
    private final TenantEvents events;
    private final Sender sender;
    private final WebhookSettings settings;
    private final ObjectMapper json;
    private final ExecutorService work;
    private final RandomGenerator random;
    private final Clock clock;

    WebhookLoop(
            Webhooks webhooks,
            TenantEvents events,
            Sender sender,
            WebhookSettings settings,
            ObjectMapper json,
            ExecutorService work,
            RandomGenerator random,
            Clock clock) {
        this.webhooks = webhooks;
        this.events = events;
        this.sender = sender;
        this.settings = settings;
        this.json = json;
        this.work = work;
        this.random = random;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event, Loops loops) {
        loops.start("webhooks", settings.every(), this::look);
        loops.start("events", TIDY_EVERY, events::tidy);
    }

    /** Makes all that are due, some at a time. */
    void look() throws InterruptedException, ExecutionException {
        List<Webhooks.Taken> taken = webhooks.take(AT_ONCE, heldUntil());
        while (!taken.isEmpty()) {
            List<Future<?>> attempts = new ArrayList<>();
            for (Webhooks.Taken each : taken) {
                attempts.add(work.submit(() -> {
                    attempt(each);
                    return each;
                }));
            }
            for (Future<?> attempt : attempts) {
                attempt.get();
            }
            taken = webhooks.take(AT_ONCE, heldUntil());
        }
    }

    /** Longer than an attempt can take. */
    private Instant heldUntil() {
        return clock.instant().plus(settings.patience().multipliedBy(3));
    }

    private void attempt(Webhooks.Taken taken) throws InterruptedException {
        TenantEvent event = events.find(taken.event()).orElseThrow();
        HookAddress to = new HookAddress(taken.url());
        switch (sender.send(to, taken.secret(), taken.id().toString(), event, body(event))) {
            case Sender.Outcome.Taken good -> webhooks.delivered(taken, good.status());
            case Sender.Outcome.Refused bad ->
                webhooks.failed(taken, bad.status(), bad.reason(), next(taken.attempts()));
        }
    }

    private Optional<Instant> next(int attempts) {
        Backoff backoff = new Backoff(settings.firstWait(), settings.longestWait());
        return attempts >= settings.attempts()
                ? Optional.empty()
                : Optional.of(clock.instant().plus(backoff.after(attempts, random)));
    }

    private String body(TenantEvent event) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", event.id());
        body.put("type", event.kind());
        body.put("timestamp", event.at());
        event.app().ifPresent(app -> body.put("app", app));
        body.put("data", event.data());
        try {
            return json.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event cannot be written: id=" + event.id(), e);
        }
    }
}
