package dev.slipway.platform.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.platform.command.AppCommands;
import dev.slipway.platform.command.DeploymentCommands;
import dev.slipway.platform.command.DeploymentFacts;
import dev.slipway.platform.command.ProcessCommands;
import dev.slipway.platform.command.TrialProfile;
import dev.slipway.platform.command.TrialWorld;
import dev.slipway.platform.command.TrialWorld.Someone;
import dev.slipway.platform.instance.InstanceState;
import dev.slipway.platform.instance.Instances;
import dev.slipway.tenancy.access.Role;
import dev.slipway.tenancy.app.Apps;
import dev.slipway.tenancy.identity.AppId;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.TenantName;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Instances of a deployment end while nobody waits for them, as when the engine stops or Slipway crashes. */
@QuarkusTest
@Tag("assembled")
@TestProfile(TrialProfile.class)
class LostInstanceTest {
    @Inject
    TrialWorld world;

    @Inject
    HeldRehearsal rehearsal;

    @Inject
    DeploymentCommands commands;

    @Inject
    AppCommands appCommands;

    @Inject
    ProcessCommands processes;

    @Inject
    Instances instances;

    @Inject
    Apps apps;

    @Test
    void aReleaseWithoutAnInstanceNeverGoesLive() throws Exception {
        TenantName tenant = world.releasableTenant();
        Someone ada = world.member(tenant, Role.OWNER);
        AppRef ref = AppRef.of(tenant + "/shop");
        appCommands.create(ada.principal(), ref);
        processes.scale(ada.principal(), ref, Map.of("worker", 1));
        AppId id = apps.find(ref).orElseThrow().id();

        HeldRehearsal.Hold hold = rehearsal.hold(Step.INSTANCES_INTENDED);
        int number = world.release(ref);
        hold.awaitArrival();
        QuarkusTransaction.requiringNew()
                .run(() -> instances
                        .unended(id)
                        .forEach(instance -> instances.move(
                                instance.id(),
                                state -> state instanceof InstanceState.Live live
                                        ? Optional.of(live.fail("its engine was stopped"))
                                        : Optional.empty())));
        hold.crash();

        TrialWorld.until(
                "the deployment ends",
                () -> facts(ada, ref, number).finishedAt().isPresent());
        assertThat(facts(ada, ref, number).state()).isEqualTo("rolled_back");
        assertThat(facts(ada, ref, number).reason()).contains("worker.1 its engine was stopped");
    }

    private DeploymentFacts facts(Someone someone, AppRef ref, int number) {
        return commands.info(someone.principal(), ref, number);
    }
}
