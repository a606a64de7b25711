package dev.slipway.platform.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.buildpacks.dockerfile.DockerfileRequest;
import dev.slipway.buildpacks.dockerfile.DockerfileResult;
import dev.slipway.buildpacks.sandbox.Cancellation;
import dev.slipway.buildpacks.sandbox.Limits;
import dev.slipway.platform.runtime.Await;
import dev.slipway.platform.runtime.BuiltImageTarget;
import dev.slipway.platform.runtime.PullCredentials;
import dev.slipway.registry.oci.RepositoryName;
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

/** Dockerfiles built by the real engine and pushed into a registry that wants a password. */
@Timeout(120)
class EngineDockerfileBuilderTest {

    private static final String BASE = "slipwaytest-dockerfile:1";
    private static final long MIB = 1L << 20;

    private static final BuiltImageTarget TARGET = new BuiltImageTarget() {
        @Override
        public String registry() {
            return registry.host();
        }

        @Override
        public PullCredentials credentials(RepositoryName repository) {
            return TestRegistry.CREDENTIALS;
        }
    };

    private static TestRegistry registry;
    private static TestEngine engine;
    private static EngineDockerfileBuilder builder;

    @TempDir
    Path context;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    @BeforeAll
    static void open() throws Exception {
        registry = new TestRegistry();
        engine = new TestEngine(Map.of());
        engine.importSystem(BASE);
        builder = new EngineDockerfileBuilder(engine.connection, TARGET, settings(), Clock.systemUTC());
    }

    private static SandboxSettings settings() {
        return TestEngine.settings(SandboxSettings.class, Map.of());
    }

    @AfterAll
    static void close() {
        engine.removeImagesOfInstallation();
        engine.close();
        registry.close();
    }

    private DockerfileResult build(String dockerfile, Duration time, Cancellation cancellation) throws Exception {
        return build(builder, dockerfile, time, cancellation);
    }

    private DockerfileResult build(
            EngineDockerfileBuilder builder, String dockerfile, Duration time, Cancellation cancellation)
            throws Exception {
        Files.writeString(context.resolve("Dockerfile"), "FROM " + BASE + "\n" + dockerfile);
        DockerfileRequest request = new DockerfileRequest(
                "b1",
                RepositoryName.parse("acme/docked"),
                context,
                "Dockerfile",
                Map.of("COLOUR", "green"),
                new Limits(1_000, 64 * MIB, 64, 100 * MIB, time));
        return builder.build(
                request,
                (bytes, offset, length) -> {
                    synchronized (output) {
                        output.write(bytes, offset, length);
                        return output.size() < 200_000;
                    }
                },
                cancellation);
    }

    private DockerfileResult build(String dockerfile) throws Exception {
        return build(dockerfile, Duration.ofSeconds(60), new Cancellation());
    }

    private String output() {
        synchronized (output) {
            return output.toString(StandardCharsets.UTF_8);
        }
    }

    @Test
    void buildsAndPushes() throws Exception {
        Files.writeString(context.resolve("hello.txt"), "hello file\n");
        Files.writeString(context.resolve("secret.txt"), "hidden");
        Files.writeString(context.resolve(".dockerignore"), "*.txt\n!hello.txt\n");
        DockerfileResult result =
                build("ARG COLOUR\nCOPY . /app/\nRUN cat /app/hello.txt; ls /app; echo $COLOUR\nCMD [\"sh\"]\n");
        assertThat(result).isInstanceOf(DockerfileResult.Built.class);
        var built = (DockerfileResult.Built) result;
        assertThat(registry.manifest(built.image().toString())).isNotNull();
        assertThat(output()).contains("Step 1/", "hello file", "green").doesNotContain("secret.txt");
    }

    @Test
    void aFailingInstructionIsNamed() throws Exception {
        assertThat(build("RUN echo broken >&2; exit 4\n"))
                .isInstanceOfSatisfying(DockerfileResult.Failed.class, failed -> {
                    assertThat(failed.instruction()).startsWith("RUN echo broken");
                    assertThat(failed.answer()).contains("non-zero code: 4");
                });
        assertThat(output()).contains("broken");
    }

    @Test
    void anUnknownInstructionIsNamed() throws Exception {
        assertThat(build("RUNN true\n"))
                .isInstanceOfSatisfying(
                        DockerfileResult.Failed.class,
                        failed -> assertThat(failed.answer()).contains("RUNN"));
    }

    @Test
    void anImageWithoutACommandIsRefused() throws Exception {
        assertThat(build("RUN true\n"))
                .isInstanceOfSatisfying(
                        DockerfileResult.Failed.class,
                        failed -> assertThat(failed.answer())
                                .contains("no command")
                                .contains("CMD"));
    }

    @Test
    void timeIsUp() throws Exception {
        assertThat(build("RUN sleep 60\n", Duration.ofSeconds(3), new Cancellation()))
                .isEqualTo(new DockerfileResult.TimedOut(Duration.ofSeconds(3)));
        assertNothingRuns();
    }

    @Test
    void isCancelled() throws Exception {
        Cancellation cancellation = new Cancellation();
        Future<DockerfileResult> building = engine.work.submit(
                () -> build("RUN echo begun-$((1+1)); sleep 60\n", Duration.ofSeconds(60), cancellation));
        Await.until("begun", Duration.ofSeconds(30), () -> output().contains("begun-2\n"));
        cancellation.request();
        assertThat(building.get()).isEqualTo(new DockerfileResult.Cancelled());
    }

    @Test
    void outputIsUp() throws Exception {
        assertThat(build("RUN yes\n")).isEqualTo(new DockerfileResult.OutputLimit());
    }

    private static void assertNothingRuns() {
        String network = engine.connection.networks().ofBuilds();
        Await.until(
                "no container of a build is left",
                Duration.ofSeconds(20),
                () -> engine.connection
                        .engine()
                        .client()
                        .listContainersCmd()
                        .withShowAll(true)
                        .withNetworkFilter(List.of(network))
                        .exec()
                        .isEmpty());
    }

    @Test
    void diskIsUp() throws Exception {
        assertThat(build("RUN true > /small; sleep 1.2\nRUN dd if=/dev/zero of=/big bs=1M count=150; sleep 60\n"))
                .isEqualTo(new DockerfileResult.DiskLimit(100 * MIB));
        assertNothingRuns();
    }

    @Test
    void processesAreLimitedAlsoWhereNoControlGroupCanBeMade() throws Exception {
        EngineDockerfileBuilder other =
                new EngineDockerfileBuilder(engine.connection, TARGET, settings(), Clock.systemUTC(), () -> "systemd");
        assertThat(build(
                        other,
                        "RUN sleep 3; i=0; while [ $i -lt 200 ]; do sleep 3 & i=$((i+1)); done; echo all-$((1+1))\n",
                        Duration.ofSeconds(60),
                        new Cancellation()))
                .isInstanceOf(DockerfileResult.Failed.class);
        assertThat(output()).contains("can't fork").doesNotContain("all-2");
    }

    @Test
    void reachesNeitherTheMachineNorTheEngineNorMetadata() throws Exception {
        try (ServerSocket service = new ServerSocket(0, 50, InetAddress.getByName("0.0.0.0"))) {
            build("RUN gate=$(ip route | grep default | grep -oE '[0-9]+[.][0-9.]+'); nc -w 2 $gate "
                    + service.getLocalPort()
                    + " </dev/null && echo got-$((1+1)); nc -w 2 169.254.169.254 80 </dev/null && echo got-$((1+1));"
                    + " ls /var/run/docker.sock /run/docker.sock; echo end-$((1+1))\n");
            assertThat(output()).contains("end-2").contains("No such file").doesNotContain("got-2");
        }
    }

    @Test
    void imagesOfOthersAreNotBuiltUpon() throws Exception {
        String id = String.valueOf(
                engine.connection.engine().client().inspectImageCmd(BASE).exec().getId());
        assertThat(build("FROM " + id.substring("sha256:".length(), 19) + "\nCMD [\"sh\"]\n"))
                .isInstanceOfSatisfying(
                        DockerfileResult.Failed.class,
                        failed -> assertThat(failed.answer()).contains("is not one that this app may build upon"));
    }

    @Test
    void processesAndMemoryAreLimited() throws Exception {
        assertThat(build("RUN i=0; while [ $i -lt 200 ]; do sleep 3 & i=$((i+1)); done; echo all-$((1+1))\n"))
                .isInstanceOf(DockerfileResult.Failed.class);
        assertThat(output()).contains("can't fork").doesNotContain("all-2");
        assertThat(build("RUN x=$(dd if=/dev/zero bs=1M count=200 2>/dev/null | tail -c 200000000)\n"))
                .isEqualTo(new DockerfileResult.OutOfMemory(64 * MIB));
    }
}
