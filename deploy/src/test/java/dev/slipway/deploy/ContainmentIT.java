package dev.slipway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Builds that misbehave are held, ended and explained, and the next one of somebody else is as good as ever. */
@ExtendWith(SlipwayProcess.class)
@Settings({
    // The control plane must be out of reach even where it listens on every address.
    "slipway.http.host=0.0.0.0",
    "slipway.pipeline.build-time=50s",
    "slipway.pipeline.build-pids=256",
    "slipway.pipeline.build-disk-bytes=314572800"
})
class ContainmentIT {
    /** Tells for each host:port whether a connection was made, and for the engine's socket too. */
    private static final String PROBE = """
            const net = require("net"), fs = require("fs");
            const hex = fs.readFileSync("/proc/net/route", "utf8").split("\\n").map((l) => l.split("\\t"))
              .find((f) => f[1] === "00000000")[2];
            const gateway = hex.match(/../g).reverse().map((b) => parseInt(b, 16)).join(".");
            const hosts = { gateway, loopback: "127.0.0.1", machine: "MACHINE" };
            const attempt = (name, options) => new Promise((done) => {
              const socket = net.connect(options);
              const end = (word) => { socket.destroy(); console.log(`${name}: ${word}`); done(); };
              socket.setTimeout(3000, () => end("kept out"));
              socket.on("connect", () => end("REACHED"));
              socket.on("error", () => end("kept out"));
            });
            (async () => {
              await attempt("engine", { path: "/var/run/docker.sock" });
              for (const [host, address] of Object.entries(hosts))
                for (const port of [PORTS]) await attempt(`${host} ${port}`, { host: address, port });
              for (const name of Object.keys(process.env)) console.log("environment " + name);
            })();
            """;

    @AfterEach
    void somebodyElsePushesAsEver(Installation slipway) {
        App neighbour = App.create(slipway, "neighbour");
        Source source = Source.page(slipway, "unimpressed");
        neighbour.git(source, "push", "--force", neighbour.remote(), "main").orFail();
        assertThat(neighbour.body()).isEqualTo("unimpressed\n");
    }

    @Test
    void aBuildThatNeverEndsIsEndedAtItsLimit(Installation slipway) {
        App app = App.create(slipway, "endless");
        Command.Result push = app.push(building(slipway, "echo begun; sleep 100000"));
        assertThat(push.exitCode()).isNotZero();
        assertThat(push.output()).contains("begun").containsPattern(" !     .*50 s");
        assertThat(app.newest("builds").required("state").asText()).isEqualTo("timed_out");
        assertNothingBuilds(slipway);
    }

    @Test
    void aBuildThatForksForEverIsHeldAndEnded(Installation slipway) {
        App app = App.create(slipway, "forks");
        Command.Result push = app.push(building(slipway, "bomb() { bomb | bomb & }; bomb; sleep 100000"));
        assertThat(push.exitCode()).isNotZero();
        assertThat(push.output()).contains(" !     ");
        assertThat(app.newest("builds").required("state").asText()).isIn("timed_out", "failed");
        assertNothingBuilds(slipway);
    }

    @Test
    void aBuildThatPrintsWithoutEndIsCutOff(Installation slipway) {
        App app = App.create(slipway, "prints");
        Command.Result push = app.push(building(slipway, "yes 'a line that says nothing' | head -c 100000000; exit 0"));
        assertThat(push.exitCode()).isNotZero();
        assertThat(push.output()).contains(" !     The build printed more than");
        assertThat(push.output().length()).isLessThan(16 << 20);
        assertNothingBuilds(slipway);
    }

    @Test
    void aBuildThatFillsTheDiskIsEnded(Installation slipway) {
        App app = App.create(slipway, "fills");
        Command.Result push = app.push(building(slipway, "head -c 400000000 /dev/zero > big; sleep 1000"));
        assertThat(push.exitCode()).isNotZero();
        assertThat(push.output()).contains(" !     The build wrote more than 315 MB to its disk and was ended.");
        assertThat(app.newest("builds").required("state").asText()).isEqualTo("failed");
        assertNothingBuilds(slipway);
    }

    @Test
    void aDockerfileThatForksForEverAndFillsTheDiskIsHeldAndEnded(Installation slipway) {
        App app = App.create(slipway, "docked");
        Command.Result push = app.push(Source.of(
                slipway,
                Map.of(
                        "Dockerfile",
                        "FROM slipway-run:1\nUSER root\nRUN (b() { b | b & }; b) 2>/dev/null;"
                                + " head -c 400000000 /dev/zero > /big; sleep 1000\nCMD [\"true\"]\n")));
        assertThat(push.exitCode()).isNotZero();
        assertThat(push.output()).contains(" !     ");
        assertThat(app.newest("builds").required("state").asText()).isIn("failed", "timed_out");
    }

    @Test
    void aBuildReachesNeitherEngineNorDatabaseNorControlPlaneAndSeesNoCredentials(Installation slipway)
            throws IOException {
        App app = App.create(slipway, "curious");
        int database = Integer.parseInt(Files.readAllLines(slipway.home().resolve("postgres/data/postmaster.pid"))
                .get(3)
                .strip());
        List<Integer> ports =
                List.of(slipway.controlPlane().getPort(), slipway.sshPort(), slipway.proxyPort(), database);
        String machine = Command.in(slipway.home())
                .run("hostname", "-I")
                .orFail()
                .strip()
                .split(" ")[0];
        String probe = PROBE.replace("MACHINE", machine)
                .replace(
                        "PORTS",
                        String.join(",", ports.stream().map(String::valueOf).toList()));

        String said = app.push(building(slipway, "node probe.js", Map.of("probe.js", probe)))
                .orFail();

        assertThat(said).doesNotContain("REACHED").contains("engine: kept out");
        for (String host : List.of("gateway", "loopback", "machine")) {
            for (int port : ports) {
                assertThat(said).contains(host + " " + port + ": kept out");
            }
        }
        assertThat(said.lines().filter(line -> line.contains("environment ")).toList())
                .isNotEmpty()
                .noneMatch(line -> line.matches("(?i).*(password|token|secret|slipway_|quarkus).*"));
    }

    private static void assertNothingBuilds(Installation slipway) {
        Await.until(
                "no process of a build is left",
                Duration.ofSeconds(20),
                () -> Command.in(slipway.home())
                        .run(
                                "sh",
                                "-c",
                                "docker ps -q --filter label=dev.slipway.kind=sandbox --filter label=dev.slipway.installation="
                                        + slipway.id() + " | xargs -r -n 1 docker top | grep -c -e npm -e build.sh")
                        .output()
                        .strip()
                        .equals("0"));
    }

    private static Source building(Installation slipway, String script) {
        return building(slipway, script, Map.of());
    }

    /** A Node.js program whose build runs a shell script and which serves nothing in particular. */
    private static Source building(Installation slipway, String script, Map<String, String> more) {
        Source source = Source.of(
                slipway,
                Map.of(
                        "package.json",
                        "{\"name\":\"guest\",\"version\":\"1.0.0\",\"scripts\":{\"build\":\"sh build.sh\"}}",
                        "build.sh",
                        script + "\n",
                        "Procfile",
                        "web: node server.js\n",
                        "server.js",
                        "require('http').createServer((q, a) => a.end('x')).listen(process.env.PORT);\n"));
        more.forEach(source::write);
        return source.commit("Complete");
    }
}
