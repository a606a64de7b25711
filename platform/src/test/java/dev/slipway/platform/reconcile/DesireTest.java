package dev.slipway.platform.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.instance.Instance;
import dev.slipway.platform.instance.InstanceState;
import dev.slipway.platform.release.ProcessType;
import dev.slipway.platform.release.Release;
import dev.slipway.platform.release.ReleaseId;
import dev.slipway.platform.runtime.InstanceId;
import dev.slipway.tenancy.identity.AppId;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DesireTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final AppId APP = new AppId(UUID.randomUUID());
    private static final UUID LIVE = UUID.randomUUID();
    private static final Release RELEASE = new Release(
            new ReleaseId(UUID.randomUUID()),
            APP,
            1,
            "acme/shop",
            "sha256:" + "0".repeat(64),
            "abc",
            "",
            List.of(
                    new ProcessType("web", List.of()),
                    new ProcessType("worker", List.of("work")),
                    new ProcessType("release", List.of("migrate"))),
            Map.of(),
            List.of(),
            "person:ann",
            NOW);

    private static AppSettings app(Map<String, Integer> formation, boolean stopped) {
        return new AppSettings(
                APP,
                new TenantId(UUID.randomUUID()),
                AppRef.parse("acme/shop"),
                Optional.of("main"),
                formation,
                Map.of(),
                stopped,
                Optional.of(RELEASE.id().value()),
                Optional.of(LIVE),
                NOW,
                0);
    }

    private static Instance instance(UUID deployment, String process, int slot, InstanceState state) {
        return new Instance(
                new InstanceId(UUID.randomUUID()),
                APP,
                RELEASE.id(),
                deployment,
                process,
                slot,
                "local",
                "local",
                state,
                Optional.empty(),
                0,
                NOW,
                NOW,
                NOW,
                false);
    }

    private static Instance leaving(String process, int slot) {
        Instance one = instance(LIVE, process, slot, new InstanceState.Healthy());
        return new Instance(
                one.id(),
                APP,
                RELEASE.id(),
                LIVE,
                process,
                slot,
                "local",
                "local",
                one.state(),
                Optional.empty(),
                0,
                NOW,
                NOW,
                NOW,
                true);
    }

    @Test
    void oneWebIsWantedWithoutBeingSaidAndTheReleasePhaseNever() {
        assertThat(Desire.slots(app(Map.of(), false), RELEASE)).containsExactly(new Desire.Slot("web", 0));
        assertThat(Desire.slots(app(Map.of("web", 2, "worker", 1, "release", 3), false), RELEASE))
                .containsExactly(new Desire.Slot("web", 0), new Desire.Slot("web", 1), new Desire.Slot("worker", 0));
        assertThat(Desire.slots(app(Map.of("web", 2), true), RELEASE)).isEmpty();
    }

    @Test
    void aVacantSlotIsFilledAndASurplusInstanceGoes() {
        Instance kept = instance(LIVE, "web", 0, new InstanceState.Healthy());
        Instance twin = instance(LIVE, "web", 0, new InstanceState.Starting());
        Instance above = instance(LIVE, "web", 5, new InstanceState.Healthy());
        Instance old = instance(UUID.randomUUID(), "web", 0, new InstanceState.Healthy());
        Desire.Difference difference = Desire.compare(
                app(Map.of("web", 2), false), Optional.of(RELEASE), List.of(kept, twin, above, old), List.of());
        assertThat(difference.vacant()).containsExactly(new Desire.Slot("web", 1));
        assertThat(difference.surplus()).containsExactlyInAnyOrder(twin, above, old);
    }

    @Test
    void theInstancesOfADeploymentInProgressAreItsOwnBusiness() {
        UUID coming = UUID.randomUUID();
        Instance fresh = instance(coming, "web", 0, new InstanceState.Starting());
        Desire.Difference difference =
                Desire.compare(app(Map.of(), false), Optional.of(RELEASE), List.of(fresh), List.of(coming));
        assertThat(difference.surplus()).isEmpty();
        assertThat(difference.vacant()).containsExactly(new Desire.Slot("web", 0));
    }

    @Test
    void aStoppingInstanceDoesNotHoldItsSlot() {
        Instance stopping = instance(LIVE, "web", 0, new InstanceState.Stopping("x"));
        Desire.Difference difference =
                Desire.compare(app(Map.of(), false), Optional.of(RELEASE), List.of(stopping), List.of());
        assertThat(difference.vacant()).containsExactly(new Desire.Slot("web", 0));
        assertThat(difference.surplus()).containsExactly(stopping);
    }

    @Test
    void whatLeavesGoesOnUntilItsSuccessorIsHealthy() {
        Instance old = leaving("web", 0);
        Desire.Difference alone = Desire.compare(app(Map.of(), false), Optional.of(RELEASE), List.of(old), List.of());
        assertThat(alone.vacant()).containsExactly(new Desire.Slot("web", 0));
        assertThat(alone.surplus()).isEmpty();

        Instance coming = instance(LIVE, "web", 0, new InstanceState.Starting());
        Desire.Difference both =
                Desire.compare(app(Map.of(), false), Optional.of(RELEASE), List.of(old, coming), List.of());
        assertThat(both.vacant()).isEmpty();
        assertThat(both.surplus()).isEmpty();

        Instance healthy = instance(LIVE, "web", 0, new InstanceState.Healthy());
        Desire.Difference over =
                Desire.compare(app(Map.of(), false), Optional.of(RELEASE), List.of(old, healthy), List.of());
        assertThat(over.vacant()).isEmpty();
        assertThat(over.surplus()).containsExactly(old);
    }

    @Test
    void crashesWaitLongerEachTimeAndALongLifeForgives() {
        Instance first = instance(LIVE, "web", 0, new InstanceState.Failed("boom"));
        assertThat(CrashBackoff.crashesAfter(first)).isEqualTo(1);
        assertThat(CrashBackoff.notBefore(first)).isEqualTo(NOW);
        Duration last = Duration.ZERO;
        Instance ended = first;
        for (int i = 0; i < 12; i++) {
            ended = again(ended, CrashBackoff.crashesAfter(ended), NOW);
            Duration wait = Duration.between(NOW, CrashBackoff.notBefore(ended));
            assertThat(wait).isGreaterThanOrEqualTo(last).isLessThanOrEqualTo(Duration.ofMinutes(5));
            last = wait;
        }
        assertThat(last).isEqualTo(Duration.ofMinutes(5));
        assertThat(CrashBackoff.crashesAfter(again(ended, 9, NOW.plus(Duration.ofHours(1)))))
                .isEqualTo(1);
        assertThat(CrashBackoff.crashesAfter(instance(LIVE, "web", 0, new InstanceState.Stopped("s"))))
                .isZero();
    }

    private static Instance again(Instance ended, int crashes, Instant endedAt) {
        return new Instance(
                ended.id(),
                APP,
                RELEASE.id(),
                LIVE,
                "web",
                0,
                "local",
                "local",
                ended.state(),
                Optional.empty(),
                crashes,
                NOW,
                NOW,
                endedAt,
                false);
    }
}
