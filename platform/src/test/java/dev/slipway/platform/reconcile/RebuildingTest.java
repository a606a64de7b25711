package dev.slipway.platform.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.app.AppSettingsStore;
import dev.slipway.platform.command.AppCommands;
import dev.slipway.platform.command.ProcessCommands;
import dev.slipway.platform.command.TrialProfile;
import dev.slipway.platform.command.TrialWorld;
import dev.slipway.platform.command.TrialWorld.Someone;
import dev.slipway.platform.instance.Instance;
import dev.slipway.platform.instance.InstanceState;
import dev.slipway.platform.instance.Instances;
import dev.slipway.platform.reconcile.Rebuilding.Rebuilt;
import dev.slipway.platform.runtime.InstanceId;
import dev.slipway.platform.runtime.Membership.Found;
import dev.slipway.platform.runtime.Membership.Origin;
import dev.slipway.tenancy.access.Role;
import dev.slipway.tenancy.app.Apps;
import dev.slipway.tenancy.identity.AppId;
import dev.slipway.tenancy.identity.AppRef;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What runs at a site and has no row, compared with what is known; nothing of it is kept. */
@QuarkusTest
@Tag("assembled")
@TestProfile(TrialProfile.class)
class RebuildingTest {
    /** A site that no other test has, so that what is found there is only what this test says. */
    private static final String SITE = "dc-found";

    private static final int NUMBER = TrialWorld.releasable();
    private static final AppRef SHOP = AppRef.of(TrialWorld.shop(NUMBER));

    @Inject
    TrialWorld world;

    @Inject
    Rebuilding rebuilding;

    @Inject
    Instances instances;

    @Inject
    AppCommands appCommands;

    @Inject
    ProcessCommands processes;

    @Inject
    Apps apps;

    @Inject
    AppSettingsStore settings;

    private static AppId app;

    @BeforeEach
    void anAppWithOneWorkerAtAnotherSite() {
        if (app == null) {
            Someone ada = world.member(world.releasableTenant(NUMBER), Role.OWNER);
            appCommands.create(ada.principal(), SHOP);
            processes.scale(ada.principal(), SHOP, Map.of("worker", 1));
            world.release(SHOP);
            app = apps.find(SHOP).orElseThrow().id();
        }
        TrialWorld.until(
                "it is live",
                () -> settings.find(app).flatMap(AppSettings::liveRelease).isPresent()
                        && instances.unended(app).stream()
                                .anyMatch(instance -> instance.state() instanceof InstanceState.Healthy));
    }

    private static Found found(String process, int index, String release) {
        return found(SHOP, process, index, release);
    }

    private static Found found(AppRef app, String process, int index, String release) {
        return found(Optional.of(new Origin(app.tenant(), app.app(), process, index, release, 100, 64 << 20)));
    }

    private static Found found(Optional<Origin> origin) {
        return new Found(new InstanceId(UUID.randomUUID()), origin, "n1", "m1", "127.0.0.1:5051", 0);
    }

    /** The comparison, and what else it wrote, seen before it is rolled back. */
    private Rebuilt rebuilt(Found... all) {
        AtomicReference<Rebuilt> rebuilt = new AtomicReference<>();
        QuarkusTransaction.begin();
        try {
            rebuilt.set(rebuilding.rebuild(SITE, List.of(all)));
        } finally {
            QuarkusTransaction.rollback();
        }
        return rebuilt.get();
    }

    @Test
    void whatIsOfAnUnknownAppIsLeftAlone() {
        Rebuilt rebuilt = rebuilt(found(AppRef.of("ran" + NUMBER + "/nothing"), "worker", 1, "v1"));
        assertThat(rebuilt.aside())
                .singleElement()
                .extracting(Rebuilt.Left::why)
                .isEqualTo("there is no app ran" + NUMBER + "/nothing");
        assertThat(rebuilt.kept()).isEmpty();
        assertThat(rebuilt.ended()).isEmpty();
    }

    @Test
    void whatIsOfAnUnknownReleaseIsLeftAlone() {
        Rebuilt rebuilt = rebuilt(found("worker", 1, "v99"));
        assertThat(rebuilt.aside())
                .singleElement()
                .extracting(Rebuilt.Left::why)
                .isEqualTo("there is no release " + SHOP + " v99");
        assertThat(rebuilt.ended()).isEmpty();
    }

    @Test
    void whatDoesNotSayWhatItIsIsLeftAlone() {
        assertThat(rebuilt(found(Optional.empty())).aside())
                .singleElement()
                .extracting(Rebuilt.Left::why)
                .isEqualTo("it does not say what it is");
    }

    @Test
    void whatIsInATakenSlotIsEndedAndTheOneInItStays() {
        Instance holder = instances.unended(app).getFirst();
        Rebuilt rebuilt = rebuilt(found("worker", 1, "v1"));
        assertThat(rebuilt.ended())
                .singleElement()
                .extracting(Rebuilt.Left::why)
                .isEqualTo("another instance is " + SHOP + " worker.1");
        assertThat(rebuilt.changed()).isEmpty();
        assertThat(instances.unended(app)).extracting(Instance::id).containsExactly(holder.id());
    }

    @Test
    void ofTwoInOneFreeSlotOneIsKept() {
        QuarkusTransaction.begin();
        try {
            instances
                    .unended(app)
                    .forEach(holder -> instances.move(
                            holder.id(),
                            state -> state instanceof InstanceState.Live live
                                    ? Optional.of(live.fail("gone"))
                                    : Optional.empty()));
            Found one = found("worker", 1, "v1");
            Found two = found("worker", 1, "v1");
            Rebuilt rebuilt = rebuilding.rebuild(SITE, List.of(one, two));
            assertThat(rebuilt.kept())
                    .singleElement()
                    .extracting(Rebuilt.Kept::name)
                    .isEqualTo(SHOP + " worker.1");
            assertThat(rebuilt.ended())
                    .singleElement()
                    .extracting(Rebuilt.Left::why)
                    .isEqualTo("another instance is " + SHOP + " worker.1");
            assertThat(rebuilt.changed()).containsExactly(app);
            assertThat(instances.unended(app))
                    .singleElement()
                    .satisfies(instance -> assertThat(instance.site()).isEqualTo(SITE));
            assertThat(rebuilding
                            .rebuild(SITE, List.of(rebuilt.kept().getFirst().found()))
                            .kept())
                    .as("twice is once")
                    .hasSize(1);
        } finally {
            QuarkusTransaction.rollback();
        }
    }

    @Test
    void whatIsWantedNoMoreIsEnded() {
        assertThat(rebuilt(found("worker", 2, "v1")).ended())
                .singleElement()
                .extracting(Rebuilt.Left::why)
                .isEqualTo(SHOP + " worker.2 is not wanted any more");
    }

    @Test
    void whatWasGivenUpIsEndedWhenItIsFoundAgain() {
        QuarkusTransaction.begin();
        try {
            Instance holder = instances.unended(app).getFirst();
            instances.move(
                    holder.id(),
                    state -> state instanceof InstanceState.Live live
                            ? Optional.of(live.lose("its site is lost"))
                            : Optional.empty());
            Found again = new Found(holder.id(), Optional.empty(), "n1", "m1", "127.0.0.1:5051", 0);
            assertThat(rebuilding.rebuild(SITE, List.of(again)).ended())
                    .singleElement()
                    .extracting(Rebuilt.Left::why)
                    .isEqualTo("worker.1 was given up: its site is lost");
        } finally {
            QuarkusTransaction.rollback();
        }
    }
}
