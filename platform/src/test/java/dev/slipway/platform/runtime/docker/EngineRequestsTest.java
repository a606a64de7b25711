package dev.slipway.platform.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.github.dockerjava.core.DockerClientConfig;
import dev.slipway.buildpacks.dockerfile.DockerfileRequest;
import dev.slipway.buildpacks.sandbox.Limits;
import dev.slipway.platform.runtime.InstanceId;
import dev.slipway.platform.runtime.LaunchSpec;
import dev.slipway.platform.runtime.PullCredentials;
import dev.slipway.platform.runtime.ResourceLimits;
import dev.slipway.platform.runtime.docker.InstanceContainer.Attendance;
import dev.slipway.platform.site.InstallationId;
import dev.slipway.registry.oci.ImageReference;
import dev.slipway.registry.oci.RepositoryName;
import dev.slipway.tenancy.identity.AppName;
import dev.slipway.tenancy.identity.TenantName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What is sent to the engine, pinned by files named for the case. After a wanted change, run once with
 * {@code -Dslipway.pins=write} and read the difference.
 */
class EngineRequestsTest {

    private static final InstallationId INSTALLATION =
            new InstallationId(UUID.fromString("11111111-2222-3333-4444-555555555555"));
    private static final long MIB = 1L << 20;

    private final ExecutorService work = Executors.newVirtualThreadPerTaskExecutor();
    private final ObjectMapper json = DockerClientConfig.getDefaultObjectMapper()
            .copy()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    @AfterEach
    void close() {
        work.shutdownNow();
    }

    private DockerConnection connection(Map<String, String> settings) {
        return new DockerConnection(
                TestEngine.settings(DockerSettings.class, settings), INSTALLATION, work, Clock.systemUTC());
    }

    private static LaunchSpec spec(String process, int port, Optional<List<String>> command) {
        return new LaunchSpec(
                new InstanceId(UUID.fromString("00000000-1111-2222-3333-444444444444")),
                TenantName.of("acme"),
                AppName.of("shop"),
                process,
                2,
                "v12",
                ImageReference.parse("127.0.0.1:8080/acme/shop@sha256:" + "ab".repeat(32)),
                command,
                Map.of("PORT", "5000", "A", "1"),
                port,
                new ResourceLimits(250, 256 * MIB, 256, 10 * MIB),
                Optional.empty(),
                Map.of("team", "blue"),
                new PullCredentials("robot", "secret"));
    }

    private void launch(String pin, Map<String, String> settings, LaunchSpec spec, Attendance attendance)
            throws IOException {
        DockerConnection connection = connection(settings);
        var request = new InstanceContainer(connection.engine(), connection.settings(), INSTALLATION)
                .request(spec, "slipway-11111111-t-acme", attendance);
        compare(pin, json.writeValueAsString(request));
    }

    private static void compare(String pin, String actual) throws IOException {
        String text = actual.replace(Leftovers.self(), "PID@START").strip() + "\n";
        Path file = Path.of("src/test/resources/docker", pin);
        if ("write".equals(System.getProperty("slipway.pins"))) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        }
        assertThat(text).isEqualTo(Files.readString(file, StandardCharsets.UTF_8));
        assertThat(text).doesNotContain("secret");
    }

    @Test
    void web() throws IOException {
        launch("create-web.json", Map.of(), spec("web", 5000, Optional.empty()), Attendance.UNATTENDED);
    }

    @Test
    void webByPublishedPortWithReadOnlyRootAndACapability() throws IOException {
        launch(
                "create-web-published.json",
                Map.of(
                        "slipway.docker.reach", "published-port",
                        "slipway.docker.read-only-root", "true",
                        "slipway.docker.capabilities", "CHOWN"),
                spec("web", 5000, Optional.empty()),
                Attendance.UNATTENDED);
    }

    @Test
    void worker() throws IOException {
        launch(
                "create-worker.json",
                Map.of(),
                spec("worker", 0, Optional.of(List.of("node", "worker.js"))),
                Attendance.UNATTENDED);
    }

    @Test
    void oneOff() throws IOException {
        launch("create-oneoff.json", Map.of(), spec("run", 0, Optional.of(List.of("bash"))), Attendance.TERMINAL);
    }

    @Test
    void sandbox() throws IOException {
        DockerConnection connection = connection(Map.of());
        var request = new SandboxContainer(
                        connection.engine(), INSTALLATION, TestEngine.settings(SandboxSettings.class, Map.of()))
                .request(
                        "slipway-sandbox-1",
                        "sha256:" + "cd".repeat(32),
                        Path.of("/srv/slipway/sandboxes/slipway-sandbox-1"),
                        "1000:1000",
                        "slipway-11111111-builds",
                        new BuildTrust(List.of(), Map.of("SSL_CERT_FILE", "/etc/ssl/certs/ca-certificates.crt")),
                        new Limits(2_000, 1_024 * MIB, 1_024, MIB, Duration.ofMinutes(10)));
        compare("create-sandbox.json", json.writeValueAsString(request));
    }

    @Test
    void network() throws IOException {
        var request = connection(Map.of())
                .networks()
                .request(
                        "slipway-11111111-t-acme",
                        "s111111t0000001",
                        Labels.of(INSTALLATION, Labels.Kind.TENANT_NETWORK),
                        true,
                        SubnetPool.Subnet.parse("10.200.7.0/24"));
        compare("create-network.json", json.writeValueAsString(request));
    }

    @Test
    void dockerfileBuild() throws IOException {
        String query = ImageBuild.query(
                new DockerfileRequest(
                        "b1",
                        RepositoryName.parse("acme/shop"),
                        Path.of("."),
                        "Dockerfile",
                        Map.of("COLOUR", "green"),
                        new Limits(1_500, 512 * MIB, 256, MIB, Duration.ofMinutes(10))),
                "slipway-built-11111111/acme/shop:latest",
                "slipway-11111111-builds",
                "/slipway-build-1",
                Labels.of(INSTALLATION, Labels.Kind.BUILT_IMAGE));
        compare("build-dockerfile.txt", query.replace("&", "\n"));
    }

    @Test
    void packetFilter() throws IOException {
        Firewall firewall = new Firewall(
                TestEngine.settings(DockerSettings.class, Map.of()),
                INSTALLATION,
                new PacketFilter.Iptables(),
                Clock.systemUTC());
        compare("packet-filter.txt", String.join("\n", firewall.rules()));
    }
}
