package dev.slipway.platform.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.platform.command.AppCommands;
import dev.slipway.platform.command.ProcessCommands;
import dev.slipway.platform.command.TrialProfile;
import dev.slipway.platform.command.TrialWorld;
import dev.slipway.platform.command.TrialWorld.Someone;
import dev.slipway.platform.instance.Instance;
import dev.slipway.platform.instance.InstanceState;
import dev.slipway.platform.instance.Instances;
import dev.slipway.platform.runtime.Runtimes;
import dev.slipway.tenancy.access.Role;
import dev.slipway.tenancy.app.Apps;
import dev.slipway.tenancy.identity.AppId;
import dev.slipway.tenancy.identity.AppRef;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nothing is launched at a site before the image is where the site pulls from. */
@QuarkusTest
@Tag("assembled")
@TestProfile(TrialProfile.class)
class ImageOnItsWayTest {
    @Inject
    TrialWorld world;

    @Inject
    Instances instances;

    @Inject
    Runtimes runtimes;

    @Inject
    AppCommands appCommands;

    @Inject
    ProcessCommands processes;

    @Inject
    Apps apps;

    @Test
    void anInstanceWaitsForItsImage() {
        int number = TrialWorld.releasable();
        Someone ada = world.member(world.releasableTenant(number), Role.OWNER);
        AppRef ref = AppRef.of(TrialWorld.shop(number));
        appCommands.create(ada.principal(), ref);
        processes.scale(ada.principal(), ref, Map.of("worker", 1));
        AppId app = apps.find(ref).orElseThrow().id();
        HeldImages.HELD.put(
                TrialWorld.shop(number), new ImageAccess.Presence(Optional.of("its image is on its way"), 0));
        try {
            world.release(ref);
            TrialWorld.until("it is to be launched", () -> is(app, InstanceState.Launching.class));
            Instance waiting = instances.unended(app).getFirst();
            assertThat(runtimes.of(waiting.site()).observe())
                    .as("and nothing was launched")
                    .noneMatch(observed -> observed.id().equals(waiting.id()));
        } finally {
            HeldImages.HELD.clear();
        }
        TrialWorld.until("it runs", () -> is(app, InstanceState.Healthy.class));
    }

    private boolean is(AppId app, Class<? extends InstanceState> state) {
        return instances.unended(app).stream().anyMatch(instance -> state.isInstance(instance.state()));
    }
}
