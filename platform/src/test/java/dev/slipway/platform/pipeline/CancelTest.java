package dev.slipway.platform.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.app.AppSettingsStore;
import dev.slipway.platform.command.AppCommands;
import dev.slipway.platform.command.DeploymentCommands;
import dev.slipway.platform.command.DeploymentFacts;
import dev.slipway.platform.command.ProcessCommands;
import dev.slipway.platform.command.TrialProfile;
import dev.slipway.platform.command.TrialWorld;
import dev.slipway.platform.command.TrialWorld.Someone;
import dev.slipway.platform.deployment.Deployment;
import dev.slipway.platform.deployment.DeploymentState;
import dev.slipway.platform.deployment.Deployments;
import dev.slipway.platform.instance.Instance;
import dev.slipway.platform.instance.InstanceState;
import dev.slipway.platform.instance.Instances;
import dev.slipway.platform.release.Check;
import dev.slipway.platform.release.HealthChecks;
import dev.slipway.platform.release.ProcessType;
import dev.slipway.platform.release.ReleaseId;
import dev.slipway.platform.release.Releases;
import dev.slipway.platform.transcript.Transcripts;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A deployment is cancelled in each of its states, and each time the process crashes before it can act on that. */
@QuarkusTest
@Tag("assembled")
@TestProfile(TrialProfile.class)
class CancelTest {
    /** Where the pipeline stands when a deployment has come to a state. */
    private static final Map<Class<?>, List<Step>> STANDS = Map.of(
            DeploymentState.Pending.class, List.of(),
            DeploymentState.Releasing.class, List.of(Step.DEPLOYMENT_BEGUN),
            DeploymentState.Placing.class, List.of(Step.RELEASE_PHASE_DONE),
            DeploymentState.Checking.class, List.of(Step.INSTANCES_INTENDED),
            DeploymentState.Switching.class, List.of(Step.INSTANCES_HEALTHY),
            DeploymentState.Draining.class, List.of(Step.RELEASE_LIVE, Step.ROUTES_SWITCHED, Step.OLD_INSTANCES_ENDED),
            DeploymentState.Returning.class, List.of(Step.GOING_BACK),
            DeploymentState.Withdrawing.class, List.of(Step.FORMER_LIVE));

    @TempDir
    Path files;

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
    AppSettingsStore settings;

    @Inject
    Deployments deployments;

    @Inject
    Instances instances;

    @Inject
    Releases releases;

    @Inject
    Transcripts transcripts;

    @Inject
    Apps apps;

    private Someone ada;
    private AppRef ref;
    private AppId id;

    private void app() {
        TenantName tenant = world.releasableTenant();
        ada = world.member(tenant, Role.OWNER);
        ref = AppRef.of(tenant + "/shop");
        appCommands.create(ada.principal(), ref);
        processes.scale(ada.principal(), ref, Map.of("worker", 1));
        id = apps.find(ref).orElseThrow().id();
    }

    @SuppressWarnings("unchecked")
    private static Stream<Class<? extends DeploymentState>> states(Class<? extends DeploymentState> of) {
        return of.isRecord()
                ? Stream.of(of)
                : Stream.of(of.getPermittedSubclasses()).flatMap(one -> states((Class<? extends DeploymentState>) one));
    }

    private DeploymentFacts facts(int number) {
        return commands.info(ada.principal(), ref, number);
    }

    private void awaitState(int number, String state) {
        TrialWorld.until(
                "deployment " + number + " is " + state,
                () -> facts(number).state().equals(state));
    }

    private Optional<String> live() {
        return QuarkusTransaction.requiringNew()
                .call(() -> settings.get(id)
                        .liveRelease()
                        .map(release -> releases.get(new ReleaseId(release)).version()));
    }

    private List<Instance> unended() {
        return QuarkusTransaction.requiringNew().call(() -> instances.unended(id));
    }

    /** How many healthy instances what is live has, read in one transaction. */
    private long serving() {
        return QuarkusTransaction.requiringNew().call(() -> {
            AppSettings app = settings.lock(id);
            return instances.unended(id).stream()
                    .filter(instance -> app.liveDeployment().equals(Optional.of(instance.deployment())))
                    .filter(instance -> instance.state() instanceof InstanceState.Healthy)
                    .count();
        });
    }

    @Test
    void inEachStateAndTheFormerReleaseServesWithoutAGap() throws Exception {
        app();
        int first = world.release(ref);
        awaitState(first, "done");
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService watching = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> neverLess = watching.submit(() -> {
                boolean always = true;
                while (!over.get()) {
                    always &= serving() >= 1;
                    Thread.onSpinWait();
                }
                return always;
            });
            try {
                List<Class<? extends DeploymentState>> open =
                        states(DeploymentState.Open.class).toList();
                assertThat(STANDS.keySet()).isEqualTo(java.util.Set.copyOf(open));
                for (Class<? extends DeploymentState> state : open) {
                    for (Step step : STANDS.get(state)) {
                        cancelAt(state, step);
                    }
                }
                cancelWhileWaiting();
            } finally {
                over.set(true);
            }
            assertThat(neverLess.get())
                    .as("a healthy instance served all the time")
                    .isTrue();
        }
        assertThat(unended()).hasSize(1);
        int last = world.release(ref);
        awaitState(last, "done");
        assertThat(live()).isEqualTo(Optional.of("v" + last));
    }

    private void cancelAt(Class<? extends DeploymentState> state, Step step) throws InterruptedException {
        boolean goingBack = step == Step.GOING_BACK || step == Step.FORMER_LIVE;
        HeldRehearsal.Hold hold = rehearsal.hold(goingBack ? Step.RELEASE_LIVE : step);
        int number = world.release(ref);
        hold.awaitArrival();
        if (goingBack) {
            commands.cancel(ada.principal(), ref, number);
            HeldRehearsal.Hold later = rehearsal.hold(step);
            hold.goOn();
            hold = later;
            hold.awaitArrival();
        }
        assertThat(facts(number).state()).isEqualToIgnoringCase(state.getSimpleName());
        DeploymentFacts cancelled = commands.cancel(ada.principal(), ref, number);
        assertThat(cancelled.state()).isEqualToIgnoringCase(state.getSimpleName());
        hold.crash();

        awaitState(number, "cancelled");
        assertThat(live()).as("what is live after a cancel at " + step).isEqualTo(Optional.of("v1"));
        TrialWorld.until(
                "only the former instance is left after a cancel at " + step,
                () -> unended().size() == 1 && serving() == 1);
    }

    private void cancelWhileWaiting() throws InterruptedException {
        HeldRehearsal.Hold hold = rehearsal.hold(Step.DEPLOYMENT_BEGUN);
        int before = world.release(ref);
        hold.awaitArrival();
        int waiting = world.release(ref);
        assertThat(facts(waiting).state()).isEqualTo("pending");
        assertThat(commands.cancel(ada.principal(), ref, waiting).state()).isEqualTo("cancelled");
        commands.cancel(ada.principal(), ref, before);
        hold.goOn();
        awaitState(before, "cancelled");
    }

    @Test
    void aReleasePhaseThatRunsIsEndedByIt() throws Exception {
        app();
        Path begun = files.resolve("begun");
        int number = world.release(
                ref,
                List.of(
                        new ProcessType(
                                ProcessType.RELEASE, List.of("sh", "-c", "touch " + begun + "; exec sleep 1000")),
                        new ProcessType("worker", TrialWorld.WORKER)),
                Map.of());
        TrialWorld.until("the release phase runs", () -> Files.exists(begun));
        commands.cancel(ada.principal(), ref, number);
        awaitState(number, "cancelled");
        assertThat(live()).isEmpty();
    }

    @Test
    void theFirstReleaseOfAnAppGoesBackToNothing() throws Exception {
        app();
        HeldRehearsal.Hold hold = rehearsal.hold(Step.RELEASE_LIVE);
        int number = world.release(ref);
        hold.awaitArrival();
        commands.cancel(ada.principal(), ref, number);
        hold.goOn();
        awaitState(number, "cancelled");
        assertThat(live()).isEmpty();
        TrialWorld.until("nothing runs", () -> unended().isEmpty());
    }

    @Test
    void whatDoesNotComeBackLeavesTheNewReleaseLive() throws Exception {
        app();
        Path broken = files.resolve("broken");
        Check.Command check = new Check.Command(
                List.of(), List.of("test", "!", "-e", broken.toString()), Duration.ofSeconds(5), Duration.ofSeconds(1));
        List<ProcessType> types = List.of(new ProcessType("worker", TrialWorld.WORKER));
        awaitState(world.release(ref, types, Map.of("worker", HealthChecks.of(check))), "done");
        HeldRehearsal.Hold hold = rehearsal.hold(Step.OLD_INSTANCES_ENDED);
        int second = world.release(ref);
        hold.awaitArrival();
        Files.createFile(broken);
        commands.cancel(ada.principal(), ref, second);
        hold.goOn();
        awaitState(second, "done");
        assertThat(live()).isEqualTo(Optional.of("v2"));
        assertThat(serving()).isEqualTo(1);
        List<String> said = new ArrayList<>();
        Deployment deployment = QuarkusTransaction.requiringNew()
                .call(() -> deployments.byNumber(id, second).orElseThrow());
        transcripts.text(deployment.transcript()).lines().forEach(said::add);
        assertThat(String.join("\n", said))
                .contains(" !     Cancelled, but v1 does not come back: worker.1 was not healthy within 1 s")
                .contains(" !     v2 stays live.");
    }
}
