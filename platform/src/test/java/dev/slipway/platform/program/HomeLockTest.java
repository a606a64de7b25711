package dev.slipway.platform.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeLockTest {
    @TempDir
    Path directory;

    @Test
    void secondOnTheSameHomeIsToldWhoHoldsIt() {
        Path home = directory.resolve("home");
        try (HomeLock first = HomeLock.take(home)) {
            assertThatThrownBy(() -> HomeLock.take(home))
                    .isInstanceOf(HomeInUseException.class)
                    .hasMessageContaining("pid " + ProcessHandle.current().pid())
                    .hasMessageContaining(home.toString())
                    .hasMessageContaining("SLIPWAY_HOME");
        }
        HomeLock.take(home).close();
    }

    @Test
    void aNewHomeIsClosedToOthers() throws Exception {
        Path home = directory.resolve("deep/home");
        HomeLock.take(home).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
                .isEqualTo("rwx------");
    }

    @Test
    void aFileLeftByAKilledProcessIsNoLock() throws Exception {
        Files.writeString(directory.resolve("slipway.lock"), "999999\n");
        HomeLock.take(directory).close();
    }
}
