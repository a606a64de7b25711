package dev.slipway.platform.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.platform.runtime.PullCredentials;
import dev.slipway.registry.access.Action;
import dev.slipway.registry.access.RegistryPrincipal;
import dev.slipway.registry.access.TokenCodec;
import dev.slipway.registry.access.TokenKey;
import dev.slipway.registry.oci.RepositoryName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PullPassTest {
    private static final RepositoryName SHOP = RepositoryName.parse("acme/shop");
    private static final RepositoryName OTHER = RepositoryName.parse("acme/other");
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final TokenKey key = TokenKey.random();

    private PullPass at(Instant now) {
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        return new PullPass(new TokenCodec(key, "slipway", clock), clock);
    }

    @Test
    void opensOneRepositoryForPullingForHalfAnHour() {
        PullCredentials pass = at(NOON).issue(SHOP, Set.of(Action.PULL));
        RegistryPrincipal holder = at(NOON).verify(pass.user(), pass.password()).orElseThrow();
        assertThat(PullPass.decide(holder, SHOP, Action.PULL)).contains(true);
        assertThat(PullPass.decide(holder, SHOP, Action.PUSH)).contains(false);
        assertThat(PullPass.decide(holder, SHOP, Action.DELETE)).contains(false);
        assertThat(PullPass.decide(holder, OTHER, Action.PULL)).contains(false);
        assertThat(at(NOON.plus(Duration.ofMinutes(31))).verify(pass.user(), pass.password()))
                .isEmpty();
    }

    @Test
    void isGoodOnlyAsAPassAndOnlyHere() {
        PullCredentials pass = at(NOON).issue(SHOP, Set.of(Action.PULL, Action.PUSH));
        assertThat(at(NOON).verify("alice", pass.password())).isEmpty();
        assertThat(at(NOON).verify(pass.user(), pass.password() + "x")).isEmpty();
        RegistryPrincipal holder = at(NOON).verify(pass.user(), pass.password()).orElseThrow();
        assertThat(PullPass.decide(holder, SHOP, Action.PUSH)).contains(true);
        assertThat(PullPass.decide(new RegistryPrincipal("token:x:ada"), SHOP, Action.PULL))
                .as("not by a pass")
                .isEmpty();
    }
}
