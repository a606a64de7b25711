package dev.slipway.buildpacks.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.buildpacks.dockerfile.DockerfileResult;
import dev.slipway.buildpacks.log.BuildEvent;
import dev.slipway.buildpacks.sandbox.Cancellation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds with small buildpacks written for one purpose each. */
class LifecycleTest {

    private static final Map<String, String> SOURCE = Map.of("hello", "hello");
    private static final String WEB =
            "printf '[[processes]]\\ntype = \"web\"\\ncommand = [\"true\"]\\n' >$1/launch.toml\n";

    @TempDir
    Path directory;

    private Path buildpacks;
    private final StringBuilder order = new StringBuilder("[[order]]\n");

    @BeforeEach
    void place() throws Exception {
        buildpacks = Files.createDirectory(directory.resolve("buildpacks"));
    }

    private void buildpack(String name, String detect, String build) throws Exception {
        Path bin = Files.createDirectories(buildpacks.resolve(name).resolve("bin"));
        Files.writeString(
                buildpacks.resolve(name).resolve("buildpack.toml"),
                "api = \"0.10\"\n[buildpack]\nid = \"test/" + name + "\"\nversion = \"1\"\nname = \"" + name + "\"\n");
        for (var program : Map.of("detect", detect, "build", build).entrySet()) {
            Path file = Files.writeString(bin.resolve(program.getKey()), "#!/bin/bash\nset -eu\n" + program.getValue());
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        order.append("[[order.group]]\nid = \"test/").append(name).append("\"\n");
        Files.writeString(buildpacks.resolve("order.toml"), order);
    }

    private Workbench bench() throws Exception {
        return new Workbench(directory.resolve("bench"), buildpacks);
    }

    @Test
    void planEnvironmentAndBuildLayersReachLaterBuildpacks() throws Exception {
        buildpack(
                "first",
                "printf '[[provides]]\\nname = \"tool\"\\n' >$2",
                "grep -q 17 $3; cat /platform/env/GREETING; echo; mkdir -p $1/tool/bin $1/tool/env\n"
                        + "printf '[types]\\nbuild = true\\n' >$1/tool.toml\n"
                        + "printf '#!/bin/sh\\necho tool runs' >$1/tool/bin/tool; chmod +x $1/tool/bin/tool\n"
                        + "printf yes >$1/tool/env/TOOL\n");
        buildpack(
                "second",
                "printf '[[requires]]\\nname = \"tool\"\\n[requires.metadata]\\nversion = \"17\"\\n' >$2",
                "tool; echo $TOOL $GREETING $CNB_TARGET_OS; [ ! -s $3 ]\n" + WEB);
        Workbench bench = bench();
        bench.variables = Map.of("GREETING", "it's me");
        bench.built(SOURCE);
        assertThat(bench.lines).containsSequence("       it's me", "       tool runs", "       yes it's me linux");
    }

    @Test
    void layersAreRestoredReusedAndDropped() throws Exception {
        buildpack(
                "cachy",
                "true",
                "n=$(cat $1/kept/count 2>/dev/null || echo 0); echo run $((n + 1)) $(ls $1 | tr '\\n' ' ')\n"
                        + "mkdir -p $1/kept; echo $((n + 1)) >$1/kept/count; printf '[types]\\ncache = true\\n' >$1/kept.toml\n"
                        + "mkdir -p $1/gone; echo x >$1/gone/x; printf '[types]\\nbuild = true\\n' >$1/gone.toml\n"
                        + "if [ ! -f $1/once.toml ]; then mkdir -p $1/once/bin; echo x >$1/once/bin/x; fi\n"
                        + "printf '[types]\\nlaunch = true\\n[metadata]\\nv = \"1\"\\n' >$1/once.toml\n" + WEB);
        Workbench bench = bench();
        BuildOutcome.Built first = bench.built(SOURCE);
        assertThat(bench.lines).contains("       run 1");
        BuildOutcome.Built second = bench.built(SOURCE);
        assertThat(bench.lines).contains("       run 2 kept kept.toml once.toml");
        assertThat(second.image()).isEqualTo(first.image());
        assertThat(bench.content(second.image())).containsKey("layers/test_cachy/once/bin/x");
        assertThat(bench.read(second.image()).config().launch().environment())
                .contains("PATH=/layers/test_cachy/once/bin:/usr/bin:/bin");
    }

    @Test
    void tooMuchOutputEndsTheBuild() throws Exception {
        buildpack("loud", "true", "yes");
        Workbench bench = bench();
        bench.maxOutput = 200_000;
        assertThat(bench.build(SOURCE)).isEqualTo(new BuildOutcome.Failed(new BuildFailure.TooMuchOutput(200_000)));
        assertThat(bench.lines)
                .contains(" !     The build printed more than 200 kB; the log is cut here and the build was ended.");
    }

    @Test
    void aBuildThatNeverEndsIsEnded() throws Exception {
        buildpack("slow", "true", "echo start; while :; do sleep 1; done");
        Workbench bench = bench();
        bench.time = Duration.ofMillis(1500);
        assertThat(bench.build(SOURCE)).isEqualTo(new BuildOutcome.TimedOut(Duration.ofMillis(1500)));
    }

    @Test
    void cancelEndsARunningBuild() throws Exception {
        buildpack("slow", "true", "echo start; while :; do sleep 1; done");
        Workbench bench = bench();
        Cancellation cancellation = bench.cancellation;
        BuildOutcome outcome = bench.build(target -> {
            target.file("x", false, new java.io.ByteArrayInputStream(new byte[0]));
            java.util.concurrent.CompletableFuture.delayedExecutor(1, java.util.concurrent.TimeUnit.SECONDS)
                    .execute(cancellation::request);
        });
        assertThat(outcome).isInstanceOf(BuildOutcome.Cancelled.class);
    }

    @Test
    void whatABuildLeavesIsNotFollowedOutOfTheSandbox() throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), "[[labels]]\nkey = \"k\"\nvalue = \"secret\"\n");
        buildpack(
                "sly",
                "true",
                "ln -s " + secret
                        + " $1/launch.toml; ln -s / $1/root; printf '[types]\\nlaunch = true\\n' >$1/root.toml");
        Workbench bench = bench();
        assertThat(bench.build(SOURCE)).isInstanceOf(BuildOutcome.Failed.class);
        assertThat(bench.lines).anyMatch(line -> line.contains("the previous image does not have it"));
    }

    @Test
    void killingTheDriverIsAFailureAndNoImage() throws Exception {
        buildpack("rude", "true", "kill -9 $PPID; sleep 1");
        Workbench bench = bench();
        assertThat(bench.build(SOURCE)).isInstanceOf(BuildOutcome.Failed.class);
    }

    @Test
    void descriptorsAreReadBeforeAnythingRuns() throws Exception {
        buildpack("any", "true", WEB);
        Workbench bench = bench();
        bench.build(Map.of("app.json", "{\n\"formation\": 1}"));
        assertThat(bench.lines).contains(" !     app.json line 2, key formation: expected an object {…}; found 1.");
        assertThat(bench.sandbox.steps()).isZero();
        bench.build(Map.of("project.toml", "[[build.buildpacks]]\nid = \"no/such\"\n"));
        assertThat(bench.lines).contains(" !     project.toml asks for the buildpacks no/such.");
    }

    @Test
    void anImageWithoutProcessIsRefused() throws Exception {
        buildpack("mute", "true", "true");
        Workbench bench = bench();
        assertThat(bench.build(SOURCE)).isEqualTo(new BuildOutcome.Failed(new BuildFailure.NoCommand("mute")));
    }

    @Test
    void aDockerfileGoesToTheEngine() throws Exception {
        buildpack("any", "true", WEB);
        Workbench bench = bench();
        var image = bench.built(SOURCE).image();
        bench.dockerfiles = (request, output, cancellation) -> {
            assertThat(request.context().resolve("Dockerfile")).isRegularFile();
            byte[] said = "Step 1/1 : FROM x\n".getBytes(java.nio.charset.StandardCharsets.UTF_8);
            output.accept(said, 0, said.length);
            return new DockerfileResult.Built(image);
        };
        BuildOutcome.Built built = bench.built(Map.of("Dockerfile", "FROM x", "Procfile", "worker: sleep 1\n"));
        assertThat(bench.lines).startsWith("-----> Detected: Dockerfile (at the root)", "       Step 1/1 : FROM x");
        assertThat(built.facts().processes())
                .extracting(process -> process.type() + " " + process.command())
                .containsExactly("worker [/bin/sh, -c, sleep 1]", "web []");

        bench.dockerfiles = (request, output, cancellation) -> new DockerfileResult.Failed("RUN false", "exit code 1");
        bench.build(Map.of("Dockerfile", "FROM x"));
        assertThat(bench.events.getLast()).isInstanceOf(BuildEvent.Failed.class);
        assertThat(bench.lines).contains(" !     Tried to build the Dockerfile, at: RUN false", " !     exit code 1");
    }

    @Test
    void aBuildThatFailsSpoilsNoCache() throws Exception {
        buildpack(
                "frail",
                "true",
                "echo have $(cat $1/dep/x 2>/dev/null || echo nothing)\n"
                        + "mkdir -p $1/dep; [ -f $1/dep/x ] || echo good >$1/dep/x\n"
                        + "printf '[types]\\nlaunch = true\\ncache = true\\n' >$1/dep.toml\n"
                        + "if [ -f break ]; then exit 9; fi; if [ -f spoil ]; then echo bad >$1/dep/x; exit 9; fi\n"
                        + WEB);
        Workbench bench = bench();
        bench.built(SOURCE);
        bench.build(Map.of("break", ""));
        assertThat(bench.lines).contains("       have good");
        bench.build(Map.of("spoil", ""));
        assertThat(bench.lines).contains("       have good");
        bench.built(SOURCE);
        assertThat(bench.lines).contains("       have nothing");
    }
}
