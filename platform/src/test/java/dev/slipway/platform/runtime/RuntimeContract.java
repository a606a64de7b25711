package dev.slipway.platform.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.registry.oci.ImageReference;
import dev.slipway.tenancy.identity.AppName;
import dev.slipway.tenancy.identity.TenantName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every runtime does. The image of a case is a small system with a shell; the scripts here use {@code echo},
 * {@code cat}, {@code sleep}, {@code trap}, {@code exit}, {@code yes}, {@code rm}, {@code test} and {@code nc -ll} only.
 */
@Timeout(120)
public abstract class RuntimeContract {

    protected static final Duration BOUND = Duration.ofSeconds(30);
    private static final long MIB = 1L << 20;

    /** The runtime under test. */
    protected abstract Runtime runtime();

    /** An image that the runtime can get. */
    protected abstract ImageReference image();

    /** What the registry wants to see. */
    protected abstract PullCredentials credentials();

    /** Whether an instance has more processor while it starts. */
    protected boolean boostsStarts() {
        return true;
    }

    /** Whether a one-off command can be given input. */
    protected boolean carriesInput() {
        return true;
    }

    /** Told to a runtime whose instances cannot really listen. */
    protected void listens(InstanceId id, int port) {}

    /** Whether the runtime runs commands beside an instance's own process. */
    protected boolean runsCommands() {
        return true;
    }

    protected static InstanceId newId() {
        return new InstanceId(UUID.randomUUID());
    }

    protected LaunchSpec spec(InstanceId id, String script) {
        return new LaunchSpec(
                id,
                TenantName.of("acme"),
                AppName.of("shop"),
                "web",
                1,
                "v12",
                image(),
                Optional.of(List.of("/bin/sh", "-c", script)),
                Map.of("PORT", "8080", "GREETING", "good day"),
                8080,
                new ResourceLimits(500, 64 * MIB, 64, MIB),
                Optional.empty(),
                Map.of(),
                credentials());
    }

    private Optional<Observed.State> state(InstanceId id) {
        return runtime().observe().stream()
                .filter(observed -> observed.id().equals(id))
                .map(Observed::state)
                .findFirst();
    }

    private Observed.State.Running running(InstanceId id) {
        return (Observed.State.Running) state(id).orElseThrow();
    }

    private Observed.State.Exited awaitExit(InstanceId id) {
        Await.until("exited", BOUND, () -> state(id).orElse(null) instanceof Observed.State.Exited);
        return (Observed.State.Exited) state(id).orElseThrow();
    }

    private List<String> lines(InstanceId id, int tail) throws InterruptedException {
        List<String> lines = new ArrayList<>();
        try (LogStream stream = runtime().logs(id, false, tail, (at, from, line) -> lines.add(from + " " + line))) {
            assertThat(stream.awaitEnd(BOUND)).isTrue();
        }
        return lines;
    }

    private void awaitReady(InstanceId id) {
        Await.until("ready", BOUND, () -> {
            try {
                return lines(id, -1).contains("STDOUT ready");
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void launchesAndObservesAndRemoves() {
        InstanceId id = newId();
        assertThat(runtime().launch(spec(id, "exec sleep 100"))).isInstanceOf(LaunchOutcome.Launched.class);
        Observed.State.Running running = running(id);
        assertThat(running.endpoint().host()).isNotEmpty();
        assertThat(running.endpoint().port()).isPositive();
        assertThat(running.startedAt()).isAfter(Instant.parse("2020-01-01T00:00:00Z"));
        runtime().remove(id);
        assertThat(state(id)).isEmpty();
        runtime().remove(id);
    }

    @Test
    void aStartThatIsSettledHasNoMoreProcessorThanItsLimits() {
        InstanceId id = newId();
        runtime().settle(id);
        runtime().launch(spec(id, "exec sleep 100"));
        assertThat(running(id).boosted()).isEqualTo(boostsStarts());
        runtime().settle(id);
        assertThat(running(id).boosted()).isFalse();
        runtime().settle(id);
        assertThat(running(id).boosted()).isFalse();
        runtime().remove(id);
    }

    @Test
    void launchingTwiceGivesOne() {
        InstanceId id = newId();
        LaunchSpec spec = spec(id, "exec sleep 100");
        var first = (LaunchOutcome.Launched) runtime().launch(spec);
        var second = (LaunchOutcome.AlreadyThere) runtime().launch(spec);
        assertThat(second.endpoint()).isEqualTo(first.endpoint());
        assertThat(runtime().observe().stream().filter(seen -> seen.id().equals(id)))
                .hasSize(1);
        runtime().remove(id);
    }

    @Test
    void launchingTenTimesAtOnceGivesOne() throws Exception {
        InstanceId id = newId();
        LaunchSpec spec = spec(id, "exec sleep 100");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<LaunchOutcome>> calls = IntStream.range(0, 10)
                    .<Callable<LaunchOutcome>>mapToObj(i -> () -> runtime().launch(spec))
                    .toList();
            for (var outcome : threads.invokeAll(calls)) {
                assertThat(outcome.get())
                        .isInstanceOfAny(LaunchOutcome.Launched.class, LaunchOutcome.AlreadyThere.class);
            }
        }
        assertThat(runtime().observe().stream().filter(seen -> seen.id().equals(id)))
                .hasSize(1);
        runtime().remove(id);
    }

    @Test
    void anEndedInstanceIsNotLaunchedAgain() {
        InstanceId id = newId();
        LaunchSpec spec = spec(id, "exit 3");
        runtime().launch(spec);
        awaitExit(id);
        var refused = (LaunchOutcome.Refused) runtime().launch(spec);
        assertThat(refused.reason()).contains("ended already").contains("3");
        runtime().remove(id);
    }

    @Test
    void tellsExitCodeAndLastLines() {
        InstanceId id = newId();
        runtime()
                .launch(
                        spec(
                                id,
                                "i=0; while [ $i -lt 30 ]; do echo line $i; i=$((i+1)); done; sleep 0.5; echo bad >&2; exit 7"));
        Observed.State.Exited exited = awaitExit(id);
        assertThat(exited.code()).isEqualTo(7);
        assertThat(exited.oomKilled()).isFalse();
        assertThat(exited.lastLines()).hasSizeLessThanOrEqualTo(20).contains("bad", "line 29");
        assertThat(exited.lastLines()).doesNotContain("line 0");
        runtime().remove(id);
    }

    @Test
    void aMissingImageIsRefused() {
        ImageReference missing =
                ImageReference.parse(image().host() + "/nobody/nothing@sha256:" + "0123456789abcdef".repeat(4));
        LaunchSpec wrong = with(spec(newId(), "true"), missing, "acme", "true");
        assertThat(runtime().launch(wrong)).isInstanceOf(LaunchOutcome.Refused.class);
        assertThat(state(wrong.id())).isEmpty();
    }

    @Test
    void aMissingCommandIsExplained() {
        LaunchSpec wrong = with(spec(newId(), ""), "acme", "/no/such/program");
        LaunchOutcome outcome = runtime().launch(wrong);
        if (outcome instanceof LaunchOutcome.Refused refused) {
            assertThat(refused.reason()).contains("/no/such/program");
            assertThat(state(wrong.id())).isEmpty();
        } else {
            Observed.State.Exited exited = awaitExit(wrong.id());
            assertThat(exited.code()).isEqualTo(127);
            assertThat(String.join("\n", exited.lastLines())).contains("/no/such/program");
            runtime().remove(wrong.id());
        }
    }

    @Test
    void stopAsksFirst() {
        InstanceId id = newId();
        runtime().launch(spec(id, "trap 'echo bye; exit 5' TERM; echo ready; while true; do sleep 0.1; done"));
        awaitReady(id);
        runtime().stop(id, Duration.ofSeconds(20));
        Observed.State.Exited exited = (Observed.State.Exited) state(id).orElseThrow();
        assertThat(exited.code()).isEqualTo(5);
        assertThat(exited.lastLines()).contains("bye");
        runtime().stop(id, Duration.ofSeconds(1));
        runtime().remove(id);
    }

    @Test
    void stopKillsWhatDoesNotListen() {
        InstanceId id = newId();
        runtime().launch(spec(id, "trap '' TERM; echo ready; while true; do sleep 0.1; done"));
        awaitReady(id);
        runtime().stop(id, Duration.ofSeconds(1));
        assertThat(((Observed.State.Exited) state(id).orElseThrow()).code()).isEqualTo(137);
        runtime().remove(id);
        runtime().stop(id, Duration.ofSeconds(1));
    }

    @Test
    void watchTellsStartExitAndRemoval() {
        InstanceId id = newId();
        ConcurrentLinkedQueue<RuntimeEvent> events = new ConcurrentLinkedQueue<>();
        try (Runtime.Watch watch = runtime().watch(events::add)) {
            assertThat(watch.ended()).isFalse();
            runtime().launch(spec(id, "echo gone; sleep 0.3; exit 4"));
            awaitExit(id);
            runtime().remove(id);
            Await.until("three events", BOUND, () -> of(id, events).size() >= 3);
        }
        List<RuntimeEvent> seen = of(id, events);
        assertThat(seen.get(0)).isInstanceOf(RuntimeEvent.Started.class);
        assertThat(seen.get(1))
                .isInstanceOfSatisfying(
                        RuntimeEvent.Exited.class,
                        exited -> assertThat(exited.code()).isEqualTo(4));
        assertThat(seen.get(2)).isInstanceOf(RuntimeEvent.Vanished.class);
    }

    private static List<RuntimeEvent> of(InstanceId id, ConcurrentLinkedQueue<RuntimeEvent> events) {
        return events.stream().filter(event -> event.id().equals(id)).toList();
    }

    @Test
    void logsKeepStreamsApartAndCountFromTheEnd() throws InterruptedException {
        InstanceId id = newId();
        runtime().launch(spec(id, "echo one; echo two >&2; echo three"));
        awaitExit(id);
        assertThat(lines(id, -1)).containsExactlyInAnyOrder("STDOUT one", "STDERR two", "STDOUT three");
        assertThat(lines(id, 1)).hasSize(1);
        runtime().remove(id);
        assertThatThrownBy(() -> runtime().logs(id, false, -1, (at, from, line) -> {}))
                .isInstanceOf(NoSuchInstanceException.class);
    }

    @Test
    void followedLogsComeAsTheyAreWrittenAndEndWithTheInstance() throws InterruptedException {
        InstanceId id = newId();
        runtime().launch(spec(id, "echo first; while [ ! -e /tmp/never ]; do echo tick; sleep 0.1; done"));
        ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
        try (LogStream stream = runtime().logs(id, true, -1, (at, from, line) -> lines.add(line))) {
            Await.until("ticks", BOUND, () -> lines.size() > 3);
            runtime().stop(id, Duration.ZERO);
            assertThat(stream.awaitEnd(BOUND)).isTrue();
        }
        assertThat(lines.peek()).isEqualTo("first");
        runtime().remove(id);
    }

    @Test
    void tellsUsageAndOpenPorts() {
        InstanceId id = newId();
        runtime().launch(spec(id, "nc -ll -p 3000 -e true || sleep 100"));
        listens(id, 3000);
        if (runtime().seesPorts()) {
            Await.until("port open", BOUND, () -> runtime().openPorts(id).equals(List.of(3000)));
        }
        assertThat(runtime().usage(id).memoryBytes()).isPositive();
        assertThat(runtime().usage(id).cpuNanos()).isPositive();
        runtime().remove(id);
        assertThat(runtime().openPorts(id)).isEmpty();
        assertThatThrownBy(() -> runtime().usage(id)).isInstanceOf(NoSuchInstanceException.class);
    }

    @Test
    void oneOffReadsAndWritesAndExits() throws Exception {
        LaunchSpec spec = spec(newId(), "echo problem >&2; cat; echo $GREETING; exit 9");
        try (OneOff oneOff = runtime().runOneOff(spec, false)) {
            if (carriesInput()) {
                oneOff.stdin().write("hello\n".getBytes(StandardCharsets.UTF_8));
            }
            oneOff.stdin().close();
            assertThat(text(oneOff.stdout())).isEqualTo(carriesInput() ? "hello\ngood day\n" : "good day\n");
            assertThat(text(oneOff.stderr())).isEqualTo("problem\n");
            assertThat(oneOff.waitForExit()).isEqualTo(9);
        }
        assertThat(state(spec.id())).isEmpty();
    }

    @Test
    void oneOffIsKilled() throws Exception {
        try (OneOff oneOff = runtime().runOneOff(spec(newId(), "echo up; exec sleep 100"), false)) {
            byte[] first = oneOff.stdout().readNBytes(3);
            assertThat(new String(first, StandardCharsets.UTF_8)).isEqualTo("up\n");
            oneOff.kill();
            assertThat(oneOff.waitForExit()).isEqualTo(137);
            oneOff.kill();
        }
    }

    private CommandResult exec(InstanceId id, Duration time, int bytes, String script) {
        return runtime().exec(id, List.of("/bin/sh", "-c", script), new CommandLimits(time, bytes));
    }

    /** A runtime that runs no commands says so, whatever it is asked and however the instance is. */
    private boolean runsNone(InstanceId id) {
        if (!runsCommands()) {
            assertThat(((CommandResult.NotPossible) exec(id, BOUND, 1_000, "true")).reason())
                    .contains("runs nothing beside an instance's own process");
            runtime().remove(id);
        }
        return !runsCommands();
    }

    @Test
    void aCommandRunsBesideTheInstance() {
        InstanceId id = newId();
        runtime().launch(spec(id, "exec sleep 100"));
        if (runsNone(id)) {
            return;
        }
        assertThat(exec(id, BOUND, 1_000, "echo $GREETING; exit 3"))
                .isEqualTo(new CommandResult.Exited(3, "good day\n"));
        assertThat(exec(id, BOUND, 1_000, "echo two >&2")).isEqualTo(new CommandResult.Exited(0, "two\n"));
        var missing =
                (CommandResult.Exited) runtime().exec(id, List.of("/no/such/program"), new CommandLimits(BOUND, 1_000));
        assertThat(missing.code()).isBetween(126, 127);
        assertThat(missing.output()).contains("/no/such/program");
        assertThat(state(id).orElseThrow()).isInstanceOf(Observed.State.Running.class);
        runtime().remove(id);
        assertThatThrownBy(() -> exec(id, BOUND, 1_000, "true")).isInstanceOf(NoSuchInstanceException.class);
    }

    @Test
    void aCommandThatGoesOnForEverIsEndedAndTheInstanceIsNot() {
        InstanceId id = newId();
        String alive = "/tmp/alive-" + id;
        runtime().launch(spec(id, "exec sleep 100"));
        if (runsNone(id)) {
            return;
        }
        CommandResult late = exec(
                id, Duration.ofMillis(700), 1_000, "echo up; (while true; do echo x > " + alive + "; sleep 0.1; done)");
        assertThat(late).isInstanceOf(CommandResult.TimedOut.class);
        assertThat(exec(id, Duration.ofSeconds(20), 1_000, "yes")).isInstanceOf(CommandResult.TooMuchOutput.class);
        assertThat(exec(id, BOUND, 1_000, "rm -f " + alive + "; sleep 0.5; test ! -e " + alive))
                .isEqualTo(new CommandResult.Exited(0, ""));
        assertThat(state(id).orElseThrow()).isInstanceOf(Observed.State.Running.class);
        runtime().remove(id);
        assertThatThrownBy(() -> exec(id, BOUND, 1_000, "true")).isInstanceOf(NoSuchInstanceException.class);
    }

    @Test
    void anEndedInstanceRunsNoCommand() {
        InstanceId id = newId();
        runtime().launch(spec(id, "exit 0"));
        awaitExit(id);
        if (runsNone(id)) {
            return;
        }
        assertThatThrownBy(() -> exec(id, BOUND, 1_000, "true")).isInstanceOf(NoSuchInstanceException.class);
        runtime().remove(id);
    }

    @Test
    void isHealthy() {
        assertThat(runtime().health().available()).isTrue();
        assertThat(runtime().health().version()).isNotEmpty();
    }

    protected static String text(InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }

    protected static LaunchSpec with(LaunchSpec spec, String tenant, String... command) {
        return with(spec, spec.image(), tenant, command);
    }

    private static LaunchSpec with(LaunchSpec spec, ImageReference image, String tenant, String... command) {
        return new LaunchSpec(
                spec.id(),
                TenantName.of(tenant),
                spec.app(),
                spec.process(),
                spec.index(),
                spec.release(),
                image,
                Optional.of(Arrays.asList(command)),
                spec.environment(),
                spec.port(),
                spec.limits(),
                spec.health(),
                spec.labels(),
                spec.credentials());
    }
}
