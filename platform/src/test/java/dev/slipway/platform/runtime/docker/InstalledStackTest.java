package dev.slipway.platform.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstalledStackTest {
    @TempDir
    Path directory;

    @Test
    void isWhatTheDirectoryNames() throws IOException {
        Files.writeString(directory.resolve("name"), "slipway:1-0123456789ab\n");
        assertThat(InstalledStack.named(directory).buildImage()).isEqualTo("slipway-build:1-0123456789ab");
    }

    @Test
    void isTheUsualOneWhereNoneIsNamed() {
        assertThat(InstalledStack.named(directory)).hasToString("slipway:1");
    }

    @Test
    void isNeverGuessedFromAFileThatNamesNone() throws IOException {
        Files.writeString(directory.resolve("name"), "");
        assertThatThrownBy(() -> InstalledStack.named(directory)).hasMessageContaining("slipway:1");
    }
}
