package dev.slipway.platform.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.platform.runtime.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
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
        files = new ProcessFiles(root.resolve("proc"), root.resolve("groups"));
    }

    private void put(String path, String content) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    @Test
    void readsVersionOne() throws IOException {
        put("proc/7/cgroup", "9:pids:/docker/x\n5:memory:/docker/x\n4:cpu,cpuacct:/docker/x\n0::/docker/x\n");
        put("groups/cpu,cpuacct/docker/x/cpuacct.usage", "123456\n");
        put("groups/memory/docker/x/memory.usage_in_bytes", "5000\n");
        put("groups/memory/docker/x/memory.stat", "cache 9\ntotal_inactive_file 1000\n");
        put("groups/memory/docker/x/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 3\n");
        put("groups/pids/docker/x/cgroup.procs", "7\n8\n");
        assertThat(files.usage(7)).isEqualTo(new Usage(123_456, 4_000));
        assertThat(files.memoryKills(7)).isEqualTo(OptionalLong.of(3));
        assertThat(files.processes(7)).containsExactly(7L, 8L);
    }

    @Test
    void readsVersionTwo() throws IOException {
        put("proc/7/cgroup", "0::/system.slice/docker-x.scope\n");
        put("groups/system.slice/docker-x.scope/cpu.stat", "usage_usec 42\nuser_usec 1\n");
        put("groups/system.slice/docker-x.scope/memory.current", "5000\n");
        put("groups/system.slice/docker-x.scope/memory.stat", "anon 1\ninactive_file 500\n");
        put("groups/system.slice/docker-x.scope/memory.events", "low 0\noom 1\noom_kill 2\n");
        put("groups/system.slice/docker-x.scope/cgroup.procs", "7\n");
        assertThat(files.usage(7)).isEqualTo(new Usage(42_000, 4_500));
        assertThat(files.memoryKills(7)).isEqualTo(OptionalLong.of(2));
        assertThat(files.processes(7)).containsExactly(7L);
    }

    @Test
    void knowsNothingOfAProcessThatIsElsewhere() {
        assertThat(files.usage(7)).isNull();
        assertThat(files.memoryKills(7)).isEmpty();
        assertThat(files.processes(7)).isEmpty();
        assertThat(files.listening(7)).isEmpty();
    }

    @Test
    void findsListeningPortsOfBothFamiliesButNotTheEnginesNameServer() throws IOException {
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
        assertThat(files.listening(7)).containsExactly(3_000, 5_000);
    }
}
