package dev.slipway.platform.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.platform.command.DeploymentCommands;
import dev.slipway.platform.command.DeploymentFacts;
import dev.slipway.platform.command.ProcessCommands;
import dev.slipway.platform.command.TrialProfile;
import dev.slipway.platform.command.TrialWorld;
import dev.slipway.platform.command.TrialWorld.Someone;
import dev.slipway.platform.instance.Instance;
import dev.slipway.platform.instance.InstanceState;
import dev.slipway.platform.instance.Instances;
import dev.slipway.platform.release.Check;
import dev.slipway.platform.release.HealthChecks;
import dev.slipway.platform.release.ProcessType;
import dev.slipway.tenancy.access.Role;
import dev.slipway.tenancy.app.Apps;
import dev.slipway.tenancy.identity.AppId;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.TenantName;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A check that is a command decides about the start of an instance and about its further life. */
@QuarkusTest
@Tag("assembled")
@TestProfile(TrialProfile.class)
class CommandCheckTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    @TempDir
    Path files;

    @Inject
    TrialWorld world;

    @Inject
    Apps apps;

    @Inject
    Instances instances;

    @Inject
    DeploymentCommands deployments;

    @Inject
    ProcessCommands processes;

    @Inject
    dev.slipway.platform.command.AppCommands appCommands;

    private final Map<AppRef, Someone> made = new HashMap<>();

    /** What their checks look for goes with the test: an app left behind would be replaced for ever, and fill a failover's bound. */
    @AfterEach
    void stop() {
        made.forEach((ref, owner) -> processes.stop(owner.principal(), ref));
    }

    private AppRef app(Someone owner, TenantName tenant) {
        AppRef ref = AppRef.of(tenant + "/shop");
        made.put(ref, owner);
        appCommands.create(owner.principal(), ref);
        processes.scale(owner.principal(), ref, Map.of("worker", 1));
        return ref;
    }

    private static Check.Command check(Duration within, String script) {
        return new Check.Command(List.of(), List.of("sh", "-c", script), TIMEOUT, within);
    }

    private List<Instance> unended(AppRef ref) {
        AppId id = apps.find(ref).orElseThrow().id();
        return QuarkusTransaction.requiringNew().call(() -> instances.unended(id));
    }

    private boolean is(AppRef ref, Class<? extends InstanceState> state) {
        return unended(ref).stream()
                .anyMatch(instance -> instance.process().equals("worker") && state.isInstance(instance.state()));
    }

    @Test
    void aNewInstanceMustPassIt() throws Exception {
        TenantName tenant = world.releasableTenant();
        Someone ada = world.member(tenant, Role.OWNER);
        AppRef ref = app(ada, tenant);
        List<ProcessType> types = List.of(new ProcessType("worker", TrialWorld.WORKER));

        int bad = world.release(
                ref,
                types,
                Map.of("worker", HealthChecks.of(check(Duration.ofSeconds(1), "echo the queue is away; exit 4"))));
        TrialWorld.until("the bad one is undone", () -> state(ada, ref, bad).equals("rolled_back"));
        assertThat(facts(ada, ref, bad).reason().orElseThrow())
                .contains("worker.1", "the command sh -c", "exits with code 4: the queue is away");

        Path ready = files.resolve("ready");
        int good = world.release(
                ref, types, Map.of("worker", HealthChecks.of(check(Duration.ofSeconds(30), "test -e " + ready))));
        TrialWorld.until("it waits for its check", () -> state(ada, ref, good).equals("checking"));
        Files.createFile(ready);
        TrialWorld.until("it is done", () -> state(ada, ref, good).equals("done"));
    }

    @Test
    void anInstanceThatFailsItLaterIsReplaced() throws Exception {
        TenantName tenant = world.releasableTenant();
        Someone ada = world.member(tenant, Role.OWNER);
        AppRef ref = app(ada, tenant);
        Path alive = Files.createFile(files.resolve("alive"));
        int number = world.release(
                ref,
                List.of(new ProcessType("worker", TrialWorld.WORKER)),
                Map.of(
                        "worker",
                        new HealthChecks(
                                check(Duration.ofSeconds(30), "true"),
                                check(Duration.ofSeconds(30), "test -e " + alive))));
        TrialWorld.until("it is done", () -> state(ada, ref, number).equals("done"));
        Instance first = unended(ref).getFirst();
        Files.delete(alive);
        TrialWorld.until("it is not healthy any more", () -> is(ref, InstanceState.Unhealthy.class));
        TrialWorld.until(
                "another is in its place",
                () -> unended(ref).stream().noneMatch(instance -> instance.id().equals(first.id())));
        Files.createFile(alive);
        TrialWorld.until("which is healthy", () -> is(ref, InstanceState.Healthy.class));
    }

    private DeploymentFacts facts(Someone someone, AppRef ref, int number) {
        return deployments.info(someone.principal(), ref, number);
    }

    private String state(Someone someone, AppRef ref, int number) {
        return facts(someone, ref, number).state();
    }
}
