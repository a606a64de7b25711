package dev.slipway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cluster to try: the script is tried with programs that only write down how they were called. */
class MesosClusterTest {
    private static final Path CLUSTER = Path.of("mesos");

    @TempDir
    Path work;

    private Command.Result run(String order, Path programs, String zooKeeper) {
        return Command.in(Path.of("."))
                .with(Map.of(
                        "CLUSTER_HOME",
                        work.resolve("home").toString(),
                        "ZOOKEEPER",
                        zooKeeper,
                        "PATH",
                        programs + ":/usr/bin:/bin"))
                .run("mesos/native", order);
    }

    private Path programs() throws IOException {
        Path directory = Files.createDirectories(work.resolve("bin"));
        for (String name : List.of("mesos-master", "mesos-agent")) {
            // Sleeps under its own arguments, as the real one would go on running.
            Path program = directory.resolve(name);
            Files.writeString(
                    program,
                    "#!/bin/bash\n{ echo \"$(basename \"$0\") $*\"; env | grep ^MESOS_ | sort; } >\"" + work
                            + "/writing.$$\"; mv \"" + work + "/writing.$$\" \"" + work
                            + "/called.$$\"\nwhile :; do sleep 1; done\n");
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return directory;
    }

    private List<String> calls() throws IOException {
        try (var files = Files.list(work)) {
            return files.filter(file -> file.getFileName().toString().startsWith("called."))
                    .map(MesosClusterTest::read)
                    .sorted()
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        run("stop", Files.createDirectories(work.resolve("bin")), "127.0.0.1:1");
    }

    @Test
    void startsThreeMastersAndTwoAgentsOnceAndStopsThem() throws Exception {
        try (ServerSocket zooKeeper = new ServerSocket(0)) {
            String address = "127.0.0.1:" + zooKeeper.getLocalPort();
            Path programs = programs();
            assertThat(run("start", programs, address).orFail())
                    .contains("sites:join try --mesos zk://" + address + "/mesos");
            Await.until("all called", java.time.Duration.ofSeconds(20), () -> {
                try {
                    return calls().size() == 5;
                } catch (IOException e) {
                    return false;
                }
            });
            assertThat(calls().stream().filter(call -> call.startsWith("mesos-master")))
                    .hasSize(3)
                    .allSatisfy(call -> assertThat(call)
                            .contains(
                                    "--zk=zk://" + address + "/mesos",
                                    "MESOS_QUORUM=2",
                                    "MESOS_REGISTRY=replicated_log"));
            assertThat(calls().stream().filter(call -> call.startsWith("mesos-agent")))
                    .hasSize(2)
                    .allSatisfy(call -> assertThat(call)
                            .contains("MESOS_CONTAINERIZERS=docker,mesos", "MESOS_DOCKER_KILL_ORPHANS=false"));
            assertThat(run("start", programs, address).orFail()).contains("master-5050 runs already");
            assertThat(calls()).as("and nothing was started twice").hasSize(5);
            assertThat(run("stop", programs, address).orFail()).contains("agent-2 stopped", "master-5070 stopped");
            assertThat(run("stop", programs, address).orFail()).isEmpty();
        }
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        Path none = Files.createDirectories(work.resolve("none"));
        assertThat(run("start", none, "127.0.0.1:1").output()).contains("There is no mesos-master on the PATH");
        Command.Result result = run("start", programs(), "127.0.0.1:1");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output())
                .contains("No ZooKeeper answers at 127.0.0.1:1")
                .contains("ZOOKEEPER=HOST:PORT");
        assertThat(run("restart", none, "127.0.0.1:1").output()).contains("usage: deploy/mesos/native start|stop");
    }

    @Test
    void composeAndScriptHaveTheSameProcesses() throws IOException {
        String compose = Files.readString(CLUSTER.resolve("compose.yaml"));
        String script = Files.readString(CLUSTER.resolve("native"));
        TreeSet<String> addresses = new TreeSet<>();
        Pattern.compile("--ip=([0-9.]+), --hostname=[0-9.]+, --port=(\\d+)")
                .matcher(compose)
                .results()
                .forEach(found -> assertThat(addresses.add(found.group(1) + ":" + found.group(2)))
                        .as("no address twice")
                        .isTrue());
        assertThat(addresses)
                .containsExactly(
                        "127.0.0.1:5050", "127.0.0.1:5051", "127.0.0.1:5060", "127.0.0.1:5070", "127.0.0.2:5051");
        assertThat(script)
                .contains("for port in 5050 5060 5070")
                .contains("--ip=127.0.0.2 --hostname=127.0.0.2 --port=5051");
        assertThat(compose).contains("env_file: master.env").contains("env_file: agent.env");
        for (String part : List.of("ports:[31000-31499]", "ports:[31500-31999]", "rack:r1", "rack:r2")) {
            assertThat(compose).contains(part);
            assertThat(script).contains(part);
        }
    }
}
