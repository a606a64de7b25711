package dev.slipway.platform.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.platform.runtime.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both layouts of control groups, and tables of sockets. */
class ProcessFilesTest {

    @TempDir
    Path root;

    private ProcessFiles files;

    @BeforeEach
    void open() {
        files = ProcessFiles.of(root.resolve("proc"), root.resolve("groups"), "0c0ffee", 7);
    }

    private void put(String path, String content) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    @Test
    void readsVersionOne() throws IOException {
        put(
                "proc/7/cgroup",
                "9:pids:/docker/0c0ffee\n5:memory:/docker/0c0ffee\n4:cpu,cpuacct:/docker/0c0ffee\n0::/docker/0c0ffee\n");
        put("groups/cpu,cpuacct/docker/0c0ffee/cpuacct.usage", "123456\n");
        put("groups/memory/docker/0c0ffee/memory.usage_in_bytes", "5000\n");
        put("groups/memory/docker/0c0ffee/memory.stat", "cache 9\ntotal_inactive_file 1000\n");
        put("groups/memory/docker/0c0ffee/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 3\n");
        put("groups/pids/docker/0c0ffee/cgroup.procs", "7\n8\n");
        assertThat(files.usage()).isEqualTo(new Usage(123_456, 4_000));
        assertThat(files.memoryKills()).isEqualTo(OptionalLong.of(3));
        assertThat(files.processes()).containsExactly(7L, 8L);
    }

    @Test
    void readsVersionTwo() throws IOException {
        put("proc/7/cgroup", "0::/system.slice/docker-0c0ffee.scope\n");
        put("groups/system.slice/docker-0c0ffee.scope/cpu.stat", "usage_usec 42\nuser_usec 1\n");
        put("groups/system.slice/docker-0c0ffee.scope/memory.current", "5000\n");
        put("groups/system.slice/docker-0c0ffee.scope/memory.stat", "anon 1\ninactive_file 500\n");
        put("groups/system.slice/docker-0c0ffee.scope/memory.events", "low 0\noom 1\noom_kill 2\n");
        put("groups/system.slice/docker-0c0ffee.scope/cgroup.procs", "7\n");
        assertThat(files.usage()).isEqualTo(new Usage(42_000, 4_500));
        assertThat(files.memoryKills()).isEqualTo(OptionalLong.of(2));
        assertThat(files.processes()).containsExactly(7L);
    }

    @Test
    void knowsNothingOfAProcessThatIsElsewhere() {
        assertThat(files.usage()).isNull();
        assertThat(files.memoryKills()).isEmpty();
        assertThat(files.processes()).isEmpty();
        assertThat(files.listening()).isEmpty();
    }

    /** The container has ended and the kernel has given its first process's id to one of the machine's own. */
    @Test
    void leavesAProcessAloneThatGotTheIdOfOneThatEnded() throws IOException {
        put("proc/7/cgroup", "9:pids:/\n5:memory:/\n4:cpu,cpuacct:/\n0::/init.scope\n");
        put("proc/7/net/tcp", "sl local rem st\n0: 0100007F:0016 00000000:0000 0A\n");
        put("groups/pids/cgroup.procs", "1\n7\n8\n");
        put("groups/init.scope/cgroup.procs", "1\n7\n8\n");
        put("groups/memory/memory.oom_control", "oom_kill 3\n");
        put("groups/cpu,cpuacct/cpuacct.usage", "123456\n");
        put("groups/memory/memory.usage_in_bytes", "5000\n");
        assertThat(files.processes()).isEmpty();
        assertThat(files.holds(7)).isFalse();
        assertThat(files.memoryKills()).isEmpty();
        assertThat(files.usage()).isNull();
        assertThat(files.listening()).isEmpty();
    }

    @Test
    void killsNothingThatIsNotTheContainers() throws Exception {
        Process stranger = new ProcessBuilder("sleep", "60").start();
        try {
            put("proc/" + stranger.pid() + "/cgroup", "9:pids:/\n0::/user.slice\n");
            files.kill(stranger.pid());
            assertThat(stranger.waitFor(200, TimeUnit.MILLISECONDS)).isFalse();
            put("proc/" + stranger.pid() + "/cgroup", "9:pids:/docker/0c0ffee\n0::/docker/0c0ffee\n");
            files.kill(stranger.pid());
            assertThat(stranger.waitFor(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void findsListeningPortsOfBothFamiliesButNotTheEnginesNameServer() throws IOException {
        put("proc/7/cgroup", "9:pids:/docker/0c0ffee\n");
        put("proc/7/net/tcp", """
                  sl  local_address rem_address   st tx_queue
                   0: 0B00007F:A123 00000000:0000 0A 00000000
                   1: 00000000:0BB8 00000000:0000 0A 00000000
                   2: 0100007F:1F90 0100007F:9999 01 00000000
                """);
        put("proc/7/net/tcp6", """
                  sl  local_address rem_address   st
                   0: 00000000000000000000000000000000:1388 00000000000000000000000000000000:0000 0A
                """);
        assertThat(files.listening()).containsExactly(3_000, 5_000);
    }
}
