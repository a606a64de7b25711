package dev.slipway.platform.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.platform.runtime.Await;
import dev.slipway.platform.runtime.InstanceId;
import dev.slipway.platform.runtime.LaunchOutcome;
import dev.slipway.platform.runtime.LaunchSpec;
import dev.slipway.platform.runtime.Node;
import dev.slipway.platform.runtime.Observed;
import dev.slipway.platform.runtime.PullCredentials;
import dev.slipway.platform.runtime.Runtime;
import dev.slipway.platform.runtime.RuntimeContract;
import dev.slipway.platform.runtime.RuntimeProvider.Preparation;
import dev.slipway.platform.site.Site;
import dev.slipway.platform.site.SiteId;
import dev.slipway.platform.site.SiteName;
import dev.slipway.platform.site.SiteState;
import dev.slipway.registry.oci.ImageReference;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract on two engines over TLS that joined by a pasted command, and what is particular to several. */
class DockerHostsTest extends RuntimeContract {
    private static final String ONE = "127.0.0.1";
    private static final String TWO = "127.0.0.2";

    private static TestRegistry registry;
    private static TestEngine local;
    private static DockerSites provider;
    private static int portOne;
    private static int portTwo;
    private static Preparation preparation;
    private static HostEngine one;
    private static HostEngine two;
    private static Runtime fleet;

    @BeforeAll
    static void join() throws Exception {
        registry = new TestRegistry();
        local = new TestEngine(Map.of());
        provider = provider(Map.of());
        portOne = freePort(ONE);
        portTwo = freePort(TWO);
        preparation = provider.prepare(site(Map.of(), portOne, portTwo)).orElseThrow();
        one = new HostEngine(ONE, portOne, preparation.commands().get(0)).start();
        two = new HostEngine(TWO, portTwo, preparation.commands().get(1)).start();
        fleet = provider.open(site(preparation.settings(), portOne, portTwo));
    }

    private static DockerSites provider(Map<String, String> settings) {
        return new DockerSites(
                local.connection,
                TestEngine.settings(DockerSettings.class, settings),
                local.installation,
                local.work,
                Clock.systemUTC());
    }

    @AfterAll
    static void leave() {
        fleet.membership().orElseThrow().leave();
        fleet.close();
        one.close();
        two.close();
        local.close();
        registry.close();
    }

    private static Site site(Map<String, String> settings, int first, int second) {
        return new Site(
                new SiteId(UUID.randomUUID()),
                new SiteName("dc-hosts"),
                "docker",
                ONE + ":" + first + "," + TWO + ":" + second,
                settings,
                new TreeMap<>(),
                new SiteState.Joining(),
                1,
                Instant.EPOCH,
                Instant.EPOCH);
    }

    private static int freePort(String host) throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            return socket.getLocalPort();
        }
    }

    @Override
    protected Runtime runtime() {
        return fleet;
    }

    @Override
    protected ImageReference image() {
        return registry.image();
    }

    @Override
    protected PullCredentials credentials() {
        return TestRegistry.CREDENTIALS;
    }

    private static Observed.State state(Runtime of, InstanceId id) {
        return of.observe().stream()
                .filter(observed -> observed.id().equals(id))
                .map(Observed::state)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void eachHostIsANodeAndRunsWhatWasPlacedThere() throws Exception {
        assertThat(fleet.nodes()).extracting(Node::name).containsExactly(ONE, TWO);
        assertThat(fleet.health().version()).contains("Docker Engine", ONE, TWO);
        for (String host : new String[] {ONE, TWO}) {
            LaunchSpec spec =
                    spec(newId(), "nc -ll -p 8080 -e echo hi from $GREETING").on(host);
            LaunchOutcome.Launched launched = (LaunchOutcome.Launched) fleet.launch(spec);
            assertThat(launched.endpoint().host()).isEqualTo(host);
            Await.until("it is reached over its host", BOUND, () -> {
                try (Socket socket = new Socket(host, launched.endpoint().port())) {
                    socket.setSoTimeout(2_000);
                    return new String(socket.getInputStream().readAllBytes()).startsWith("hi");
                } catch (java.io.IOException notYet) {
                    return false;
                }
            });
            fleet.remove(spec.id());
        }
        LaunchSpec nowhere = spec(newId(), "true").on("127.0.0.3");
        assertThat(fleet.launch(nowhere)).isInstanceOf(LaunchOutcome.Unavailable.class);
    }

    @Test
    void aHostThatDoesNotAnswerIsNotReadyAndWhatItRunsIsSilentNotGone() {
        LaunchSpec there = spec(newId(), "sleep 600").on(TWO);
        LaunchSpec here = spec(newId(), "sleep 600").on(ONE);
        assertThat(fleet.launch(there)).isInstanceOf(LaunchOutcome.Launched.class);
        assertThat(fleet.launch(here)).isInstanceOf(LaunchOutcome.Launched.class);
        DockerSites impatient = provider(Map.of("slipway.docker.response-timeout", "PT3S"));
        try (Runtime seen = impatient.open(site(preparation.settings(), portOne, portTwo))) {
            Await.until("it runs", BOUND, () -> state(seen, there.id()) instanceof Observed.State.Running);
            Await.until("both are ready", BOUND, () -> seen.nodes().stream().allMatch(Node::ready));
            two.freeze();
            assertThat(state(seen, there.id())).isInstanceOf(Observed.State.Silent.class);
            assertThat(state(seen, here.id())).isInstanceOf(Observed.State.Running.class);
            assertThat(seen.nodes()).extracting(Node::ready).containsExactly(true, false);
            assertThat(seen.health().available()).isTrue();
            assertThat(seen.health().warnings()).anyMatch(warning -> warning.contains(TWO + " does not answer"));

            // Somebody who has never seen it cannot say what runs there.
            try (Runtime fresh = impatient.open(site(preparation.settings(), portOne, portTwo))) {
                assertThatThrownBy(fresh::observe).hasMessageContaining("did not answer");
            }
            two.thaw();
            Await.until("it runs as before", BOUND, () -> state(seen, there.id()) instanceof Observed.State.Running);
        } finally {
            two.thaw();
        }
        fleet.remove(there.id());
        fleet.remove(here.id());
    }

    @Test
    void nobodyElseIsLetInAndNobodyElseIsBelieved() {
        Preparation stranger =
                provider.prepare(site(Map.of(), portOne, portTwo)).orElseThrow();
        try (Runtime of = provider.open(site(stranger.settings(), portOne, portTwo))) {
            assertThat(of.health().available()).isFalse();
            assertThat(of.health().version()).containsAnyOf("PKIX", "Signature does not match");
        }
        try (Runtime exchanged = provider.open(new Site(
                new SiteId(UUID.randomUUID()),
                new SiteName("dc-hosts"),
                "docker",
                "localhost:" + portOne,
                preparation.settings(),
                new TreeMap<>(),
                new SiteState.Joining(),
                1,
                Instant.EPOCH,
                Instant.EPOCH))) {
            assertThat(exchanged.health().version()).contains("the certificate is not for localhost");
        }
    }

    @Test
    void theEngineBesideTheProgramIsNoHostAndWrongSettingsAreNamed() {
        assertThat(fleet.membership().orElseThrow().version()).contains("Docker Engine");
        assertThat(fleet.membership().orElseThrow().registrations()).hasSize(2);
        assertThatThrownBy(() -> provider.open(site(Map.of("ca", "x"), portOne, portTwo)))
                .hasMessageContaining("The setting cert is missing");
        assertThatThrownBy(() -> provider.open(site(Map.of("color", "red"), portOne, portTwo)))
                .hasMessageContaining("no setting color");
        Map<String, String> broken = new TreeMap<>(preparation.settings());
        broken.put("ca", "not PEM");
        assertThatThrownBy(() -> provider.open(site(broken, portOne, portTwo))).hasMessageContaining("The setting ca");
        assertThatThrownBy(() -> provider.open(site(preparation.settings(), portOne, 0)))
                .hasMessageContaining("host:port,host:port");
    }
}
