package dev.slipway.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostmasterFileTest {
    @Test
    void readsPidDirectoryAndPort() {
        assertThat(PostmasterFile.parse(List.of("4711", "/home/a", "1700000000", "5433", "", "127.0.0.1", "", "ready")))
                .contains(new PostmasterFile(4711, Path.of("/home/a"), 5433, true));
    }

    @Test
    void aServerThatJustStartsHasNoPortYet() {
        assertThat(PostmasterFile.parse(List.of("4711", "/home/a")))
                .contains(new PostmasterFile(4711, Path.of("/home/a"), 0, false));
    }

    @Test
    void aTornFileIsNone() {
        assertThat(PostmasterFile.parse(List.of())).isEmpty();
        assertThat(PostmasterFile.parse(List.of("47"))).isEmpty();
        assertThat(PostmasterFile.parse(List.of("\0\0\0", "/home/a"))).isEmpty();
    }

    @Test
    void aProcessThatIsNoPostgresIsNotIt() {
        assertThat(new PostmasterFile(ProcessHandle.current().pid(), Path.of("/"), 1, true).alive())
                .isFalse();
        assertThat(new PostmasterFile(Integer.MAX_VALUE, Path.of("/"), 1, true).alive())
                .isFalse();
    }
}
