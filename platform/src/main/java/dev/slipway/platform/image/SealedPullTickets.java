package dev.slipway.platform.image;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.platform.runtime.PullCredentials;
import dev.slipway.platform.runtime.PullTickets;
import dev.slipway.registry.oci.ImageReference;
import dev.slipway.tenancy.secret.SealBrokenException;
import dev.slipway.tenancy.secret.Sealer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * Tickets that are sealed credentials, so that every process of an installation honours them and none keeps them; see
 * {@code docs/decisions/0119-pull-credentials-by-ticket.md}.
 */
@ApplicationScoped
class SealedPullTickets implements PullTickets {
    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final String CONTEXT = "pull-ticket";
    private static final String PATH = "/pull/";
    private static final int LONGEST = 8_192;

    private final Sealer sealer;
    private final ObjectMapper json;
    private final Clock clock;

    SealedPullTickets(Sealer sealer, ObjectMapper json, Clock clock) {
        this.sealer = sealer;
        this.json = json;
        this.clock = clock;
    }

    /** What a ticket holds. */
    private record Lent(String host, String auth, Instant until) {}

    @Override
    public String address(String base, ImageReference image, PullCredentials credentials) {
        String login = credentials.user() + ":" + credentials.password();
        Lent lent = new Lent(
                image.host(),
                Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)),
                clock.instant().plus(LIFE));
        try {
            byte[] sealed = sealer.seal(json.writeValueAsBytes(lent), CONTEXT);
            return base + PATH + Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a ticket cannot be written: image=" + image, e);
        }
    }

    /** Docker's {@code config.json}, if the ticket is one of ours and still good. */
    Optional<String> redeem(String ticket) {
        if (ticket.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            Lent lent = json.readValue(sealer.open(Base64.getUrlDecoder().decode(ticket), CONTEXT), Lent.class);
            return lent.until().isAfter(clock.instant())
                    ? Optional.of(json.writeValueAsString(
                            Map.of("auths", Map.of(lent.host(), Map.of("auth", lent.auth())))))
                    : Optional.empty();
        } catch (IllegalArgumentException | SealBrokenException | IOException e) {
            return Optional.empty();
        }
    }

    void route(@Observes Router router) {
        router.get(PATH + ":ticket").handler(this::answer);
    }

    private void answer(RoutingContext context) {
        Optional<String> config = redeem(context.pathParam("ticket"));
        context.response()
                .setStatusCode(config.isPresent() ? 200 : 404)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(config.orElse("{}"));
    }
}
