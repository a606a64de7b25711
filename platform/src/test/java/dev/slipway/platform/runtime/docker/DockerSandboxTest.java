package dev.slipway.platform.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.buildpacks.sandbox.Limits;
import dev.slipway.buildpacks.sandbox.SandboxException;
import dev.slipway.buildpacks.sandbox.SandboxRequest;
import dev.slipway.buildpacks.sandbox.SandboxSession;
import dev.slipway.buildpacks.sandbox.StackName;
import dev.slipway.buildpacks.sandbox.Step;
import dev.slipway.buildpacks.sandbox.StepResult;
import dev.slipway.platform.loop.Timer;
import dev.slipway.platform.runtime.Await;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Builds that behave and builds that do not, in sandboxes of the real engine. */
@Timeout(120)
class DockerSandboxTest {

    private static final StackName STACK = StackName.parse("slipwaytest:1");
    private static final long MIB = 1L << 20;
    private static final Duration BOUND = Duration.ofSeconds(30);

    @TempDir
    static Path home;

    private static TestEngine engine;
    private static DockerSandbox sandbox;

    @BeforeAll
    static void open() throws Exception {
        engine = new TestEngine(Map.of());
        engine.importSystem(STACK.buildImage());
        sandbox = sandbox("1");
        sandbox.warm(STACK);
    }

    private static DockerSandbox sandbox(String warm) {
        return new DockerSandbox(
                engine.connection,
                TestEngine.settings(
                        SandboxSettings.class,
                        Map.of(
                                "slipway.build.sandbox-directory",
                                home.resolve("sandboxes").toString(),
                                "slipway.build.warm-sandboxes",
                                warm)),
                STACK,
                Clock.systemUTC(),
                DockerSandboxTest::afterTheBuild);
    }

    /** Time goes fast here: what is for later is done at once, beside the test. */
    private static Timer.Scheduled afterTheBuild(Duration delay, Runnable task) {
        assertThat(delay).isEqualTo(Duration.ofSeconds(3));
        Future<?> later = engine.work.submit(task);
        return () -> later.cancel(false);
    }

    @AfterAll
    static void close() {
        sandbox.close();
        engine.close();
    }

    private static SandboxRequest request(Duration time) {
        return new SandboxRequest(
                "build-1", STACK, new Limits(1_000, 64 * MIB, 48, 100 * MIB, time), Map.of("PROXY", "none"));
    }

    private static Step step(String script) {
        return new Step("build", List.of("/bin/sh", "-c", script), Map.of("STEP", "s1"), "/slipway");
    }

    private record Run(StepResult result, String output) {}

    private static Run run(SandboxSession session, String script) throws Exception {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        StepResult result = session.run(step(script), (bytes, offset, length) -> {
            output.write(bytes, offset, length);
            return true;
        });
        return new Run(result, output.toString(StandardCharsets.UTF_8));
    }

    private static Run once(String script) throws Exception {
        try (SandboxSession session = sandbox.open(request(Duration.ofSeconds(60)))) {
            return run(session, script);
        }
    }

    @Test
    void runsStepsAndSharesADirectory() throws Exception {
        try (SandboxSession session = sandbox.open(request(Duration.ofSeconds(60)))) {
            Path workspace = Files.createDirectory(session.exchange().resolve("workspace"));
            Files.writeString(workspace.resolve("in"), "from outside");
            Run first = run(session, "cat /workspace/in; echo; id -u; echo $PROXY $STEP; echo oops >&2; exit 3");
            assertThat(first.result()).isEqualTo(new StepResult.Exited(3));
            assertThat(first.output()).contains("oops\n");
            // Output and errors come by two pipes: each has an order, the two together have none.
            assertThat(first.output().replace("oops\n", "")).contains("from outside\n1000\nnone s1\n");
            run(session, "mkdir /slipway/layers; echo made > /layers/out");
            assertThat(session.exchange().resolve("layers/out")).hasContent("made\n");
        }
    }

    @Test
    void isUsedOnceAndReplaced() throws Exception {
        Path exchange;
        try (SandboxSession session = sandbox.open(request(Duration.ofSeconds(60)))) {
            exchange = session.exchange();
            run(session, "touch /slipway/trace /tmp/trace");
        }
        Await.until("cleared", BOUND, () -> !Files.exists(exchange));
        Await.until("another waits", BOUND, () -> sandbox.waiting() == 1);
        assertThat(once("ls /slipway /tmp").output()).doesNotContain("trace");
    }

    @Test
    void aWaitingSandboxGetsTheLimitsOfTheBuild() throws Exception {
        Await.until("one waits", BOUND, () -> sandbox.waiting() == 1);
        assertThat(once("i=0; while [ $i -lt 100 ]; do sleep 3 & i=$((i+1)); done; echo all")
                        .output())
                .contains("can't fork");
    }

    @Test
    void timeIsUp() throws Exception {
        try (SandboxSession session = sandbox.open(request(Duration.ofSeconds(2)))) {
            assertThat(run(session, "echo begun; sleep 100").result())
                    .isEqualTo(new StepResult.TimedOut(Duration.ofSeconds(2)));
            assertThat(run(session, "echo more").result()).isEqualTo(new StepResult.TimedOut(Duration.ofSeconds(2)));
        }
    }

    @Test
    void cancelEndsAStepFromAnotherThread() throws Exception {
        try (SandboxSession session = sandbox.open(request(Duration.ofSeconds(60)))) {
            Path begun = session.exchange().resolve("begun");
            Future<Run> running = engine.work.submit(() -> run(session, "touch /slipway/begun; sleep 100"));
            Await.until("begun", BOUND, () -> Files.exists(begun));
            session.cancel();
            assertThat(running.get().result()).isEqualTo(new StepResult.Cancelled());
        }
    }

    @Test
    void memoryIsUp() throws Exception {
        assertThat(once("x=$(dd if=/dev/zero bs=1M count=200 2>/dev/null | tail -c 200000000); exit 1")
                        .result())
                .isEqualTo(new StepResult.OutOfMemory(64 * MIB));
    }

    @Test
    void outputIsUp() throws Exception {
        try (SandboxSession session = sandbox.open(request(Duration.ofSeconds(60)))) {
            long[] taken = {0};
            StepResult result = session.run(step("yes"), (bytes, offset, length) -> (taken[0] += length) < 1_000_000);
            assertThat(result)
                    .isInstanceOfSatisfying(
                            StepResult.OutputLimit.class,
                            limit -> assertThat(limit.bytes()).isGreaterThanOrEqualTo(1_000_000));
        }
    }

    @Test
    void diskIsUpWhereverItIsWritten() throws Exception {
        for (String file : List.of("/slipway/big", "/tmp/big")) {
            assertThat(once("dd if=/dev/zero of=" + file + " bs=1M count=150; sleep 60")
                            .result())
                    .as(file)
                    .isEqualTo(new StepResult.DiskLimit(100 * MIB));
        }
        assertThat(once("dd if=/dev/zero of=/slipway/fits bs=1M count=50; sleep 1.5")
                        .result())
                .isEqualTo(new StepResult.Exited(0));
    }

    @Test
    void whatAStepLeavesRunningIsKilledBeforeItsFilesAreUsed() throws Exception {
        try (SandboxSession session = sandbox.open(request(Duration.ofSeconds(60)))) {
            Run run = run(session, "(while true; do sleep 0.1; done) & echo started");
            assertThat(run.result()).isEqualTo(new StepResult.Exited(0));
            assertThat(run(session, "ps").output()).doesNotContain("while true");
        }
    }

    @Test
    void reachesNeitherTheMachineNorTheEngineNorMetadata() throws Exception {
        try (ServerSocket service = new ServerSocket(0, 50, InetAddress.getByName("0.0.0.0"))) {
            String script = "gate=$(ip route | grep default | grep -oE '[0-9]+[.][0-9.]+'); nc -w 2 $gate "
                    + service.getLocalPort()
                    + " </dev/null && echo reached; nc -w 2 169.254.169.254 80 </dev/null && echo"
                    + " reached; ls /var/run/docker.sock /run/docker.sock; env; echo end";
            String output = once(script).output();
            assertThat(output).contains("end").doesNotContain("reached").contains("No such file");
            assertThat(output).doesNotContainIgnoringCase("password").doesNotContainIgnoringCase("token");
        }
    }

    @Test
    void knowsTheCertificatesOfTheMachine() throws Exception {
        String output = once("env; head -c 20 $SSL_CERT_FILE; ls -l /etc/ssl/certs/java/cacerts")
                .output();
        assertThat(output)
                .contains("NODE_EXTRA_CA_CERTS=")
                .contains("-----BEGIN")
                .contains("cacerts");
    }

    @Test
    void aMissingStackIsExplained() {
        SandboxRequest wrong = new SandboxRequest(
                "build-2", StackName.parse("nostack:9"), request(BOUND).limits(), Map.of());
        assertThatThrownBy(() -> sandbox.open(wrong))
                .isInstanceOf(SandboxException.class)
                .hasMessageContaining("nostack-build:9")
                .hasMessageContaining("deploy/up");
    }

    @Test
    void leftoversOfAnotherProcessAreClearedAndOwnOnesAreNot() throws Exception {
        try (SandboxSession session = sandbox.open(request(Duration.ofSeconds(60)))) {
            var request = engine.connection
                    .engine()
                    .client()
                    .createContainerCmd(STACK.buildImage())
                    .withName("slipway-sandbox-leftover-"
                            + engine.installation.toString().substring(0, 8))
                    .withCmd("sleep", "100");
            Map<String, String> labels = Labels.of(engine.installation, Labels.Kind.SANDBOX);
            labels.put(Labels.OWNER, "1@1");
            String leftover = request.withLabels(labels).exec().getId();
            Path directory = Files.createDirectory(home.resolve("sandboxes/slipway-sandbox-stale"));
            sandbox.clearLeftovers();
            assertThat(ContainerState.of(engine.connection.engine(), engine.connection.settings(), leftover))
                    .isEmpty();
            assertThat(directory).doesNotExist();
            assertThat(run(session, "echo alive").output()).isEqualTo("alive\n");
        }
    }
}
