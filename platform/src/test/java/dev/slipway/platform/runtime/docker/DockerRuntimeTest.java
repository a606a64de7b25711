package dev.slipway.platform.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.platform.runtime.Await;
import dev.slipway.platform.runtime.Endpoint;
import dev.slipway.platform.runtime.InstanceId;
import dev.slipway.platform.runtime.LaunchOutcome;
import dev.slipway.platform.runtime.LaunchSpec;
import dev.slipway.platform.runtime.Observed;
import dev.slipway.platform.runtime.OneOff;
import dev.slipway.platform.runtime.PullCredentials;
import dev.slipway.platform.runtime.Runtime;
import dev.slipway.platform.runtime.RuntimeContract;
import dev.slipway.registry.oci.ImageReference;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract on the real engine, and what is particular to it. */
class DockerRuntimeTest extends RuntimeContract {

    private static TestRegistry registry;
    private static TestEngine engine;

    @BeforeAll
    static void open() throws Exception {
        registry = new TestRegistry();
        engine = new TestEngine(Map.of());
    }

    @AfterAll
    static void close() {
        engine.close();
        engine = new TestEngine(Map.of());
        engine.removeImage(registry.image().toString());
        engine.close();
        registry.close();
    }

    @Override
    protected Runtime runtime() {
        return engine.runtime;
    }

    @Override
    protected ImageReference image() {
        return registry.image();
    }

    @Override
    protected PullCredentials credentials() {
        return TestRegistry.CREDENTIALS;
    }

    private String output(LaunchSpec spec, boolean tty) throws Exception {
        try (OneOff oneOff = runtime().runOneOff(spec, tty)) {
            oneOff.stdin().close();
            String text = text(oneOff.stdout()) + text(oneOff.stderr());
            oneOff.waitForExit();
            return text;
        }
    }

    private Endpoint launch(LaunchSpec spec) {
        var outcome = runtime().launch(spec);
        assertThat(outcome).isInstanceOf(LaunchOutcome.Launched.class);
        return ((LaunchOutcome.Launched) outcome).endpoint();
    }

    @Test
    void memoryOverLimitIsToldApart() {
        InstanceId id = newId();
        runtime().launch(spec(id, "x=$(dd if=/dev/zero bs=1M count=200 2>/dev/null | tail -c 200000000)"));
        Await.until(
                "killed",
                BOUND,
                () -> runtime().observe().stream()
                        .anyMatch(seen -> seen.id().equals(id)
                                && seen.state() instanceof Observed.State.Exited exited
                                && exited.oomKilled()));
        runtime().remove(id);
    }

    @Test
    void holdsNoPrivileges() throws Exception {
        String status = output(spec(newId(), "grep -E 'CapEff|CapBnd|NoNewPrivs' /proc/self/status"), false);
        assertThat(status.replaceAll("\\s+", " "))
                .contains("CapEff: 0000000000000000")
                .contains("CapBnd: 0000000000000000")
                .contains("NoNewPrivs: 1");
    }

    @Test
    void aForkBombIsContained() throws Exception {
        String text =
                output(spec(newId(), "i=0; while [ $i -lt 200 ]; do sleep 5 & i=$((i+1)); done; echo all"), false);
        assertThat(text).contains("can't fork");
    }

    @Test
    void terminalHasASize() throws Exception {
        try (OneOff oneOff = runtime().runOneOff(spec(newId(), "read x; stty size; exit 3"), true)) {
            oneOff.resize(101, 33);
            oneOff.stdin().write("go\n".getBytes(StandardCharsets.UTF_8));
            assertThat(text(oneOff.stdout())).contains("33 101");
            assertThat(oneOff.waitForExit()).isEqualTo(3);
        }
    }

    @Test
    void tenantsDoNotReachEachOtherButOneTenantsInstancesDo() throws Exception {
        LaunchSpec server = spec(newId(), "nc -ll -p 8080 -e echo hi");
        Endpoint endpoint = launch(server);
        Await.until("listens", BOUND, () -> runtime().openPorts(server.id()).contains(8080));
        String call = "nc -w 2 " + endpoint.host() + " 8080 </dev/null || echo blocked";
        assertThat(output(with(spec(newId(), ""), "acme", "/bin/sh", "-c", call), false))
                .contains("hi");
        assertThat(output(with(spec(newId(), ""), "rival", "/bin/sh", "-c", call), false))
                .contains("blocked");
        try (var socket = new java.net.Socket(endpoint.host(), endpoint.port())) {
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("hi\n");
        }
        runtime().remove(server.id());
    }

    @Test
    void theMachineIsOutOfReach() throws Exception {
        assertThat(runtime().health().warnings()).isEmpty();
        try (ServerSocket service = new ServerSocket(0, 50, InetAddress.getByName("0.0.0.0"))) {
            String call = "gate=$(ip route | grep default | grep -oE '[0-9]+[.][0-9.]+'); nc -w 2 $gate "
                    + service.getLocalPort() + " </dev/null && echo reached || echo blocked";
            assertThat(output(spec(newId(), call), false)).contains("blocked").doesNotContain("reached");
        }
    }

    @Test
    void containersOfOthersAreNeitherSeenNorTouched() {
        try (TestEngine other = new TestEngine(Map.of())) {
            InstanceId id = newId();
            other.runtime.launch(spec(id, "exec sleep 100"));
            assertThat(runtime().observe()).noneMatch(seen -> seen.id().equals(id));
            assertThat(other.runtime.observe()).anyMatch(seen -> seen.id().equals(id));
            other.runtime.remove(id);
        }
    }

    @Test
    void aContainerThatWasCreatedButNotStartedIsStarted() {
        LaunchSpec spec = spec(newId(), "exec sleep 100");
        runtime().launch(spec(newId(), "true"));
        var settings = engine.connection.settings();
        new InstanceContainer(engine.connection.engine(), settings, engine.installation)
                .request(
                        spec,
                        engine.connection.networks().ofTenant(spec.tenant()),
                        InstanceContainer.Attendance.UNATTENDED)
                .exec();
        assertThat(runtime().observe()).contains(new Observed(spec.id(), new Observed.State.Created()));
        launch(spec);
        runtime().remove(spec.id());
    }

    @Test
    void publishedPortsWorkWhereBridgesAreOutOfReach() throws Exception {
        try (TestEngine published = new TestEngine(Map.of("slipway.docker.reach", "published-port"))) {
            LaunchSpec spec = spec(newId(), "nc -ll -p 8080 -e echo hi");
            var launched = (LaunchOutcome.Launched) published.runtime.launch(spec);
            assertThat(launched.endpoint().host()).isEqualTo("127.0.0.1");
            Await.until(
                    "listens",
                    BOUND,
                    () -> published.runtime.openPorts(spec.id()).contains(8080));
            try (var socket =
                    new java.net.Socket("127.0.0.1", launched.endpoint().port())) {
                assertThat(socket.getInputStream().read()).isEqualTo('h');
            }
        }
    }

    @Test
    void aNetworkThatVanishedIsMadeAgain() {
        LaunchSpec first = with(spec(newId(), ""), "brief", "/bin/sleep", "100");
        launch(first);
        runtime().remove(first.id());
        engine.connection
                .engine()
                .client()
                .removeNetworkCmd("slipway-" + Labels.shortName(engine.installation) + "-t-brief")
                .exec();
        LaunchSpec second = with(spec(newId(), ""), "brief", "/bin/sleep", "100");
        launch(second);
        runtime().remove(second.id());
        engine.runtime.forgetTenant(second.tenant());
    }

    @Test
    void aWrongPasswordIsRefused() {
        LaunchSpec spec = spec(newId(), "true");
        ImageReference other = ImageReference.parse(image().host() + "/other/name@" + image().reference());
        LaunchSpec wrong = new LaunchSpec(
                spec.id(),
                spec.tenant(),
                spec.app(),
                "web",
                1,
                "v1",
                other,
                spec.command(),
                Map.of(),
                0,
                spec.limits(),
                java.util.Optional.empty(),
                Map.of(),
                new PullCredentials("robot", "wrong"));
        assertThat(runtime().launch(wrong)).isInstanceOf(LaunchOutcome.Refused.class);
        assertThat(List.of(wrong.toString(), wrong.credentials().toString())).noneMatch(text -> text.contains("wrong"));
    }

    @Test
    void stopWaitsNoLongerThanItMust() {
        InstanceId id = newId();
        runtime().launch(spec(id, "exec sleep 100"));
        long before = System.nanoTime();
        runtime().stop(id, Duration.ofSeconds(30));
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(15));
        runtime().remove(id);
    }
}
