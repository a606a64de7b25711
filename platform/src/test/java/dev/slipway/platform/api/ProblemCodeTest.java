package dev.slipway.platform.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemCodeTest {
    @ParameterizedTest
    @EnumSource
    void codesAreStableWordsAndStatusesAreErrors(ProblemCode line) {
        assertThat(line.code()).isEqualTo(line.name().toLowerCase().replace('_', '-'));
        assertThat(line.status()).isBetween(400, 599);
        assertThat(line.title()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "denied",
                "unknown-name",
                "invalid-name",
                "name-taken",
                "not-possible",
                "quota-exceeded",
                "invalid-setting",
                "unavailable"
            })
    void everyRefusalOfLowerRoomsHasALine(String code) {
        assertThat(ProblemCode.of(code)).isPresent();
    }

    @Test
    void aStatusOfTheFrameworkHasALine() {
        assertThat(ProblemCode.ofStatus(404)).isEqualTo(ProblemCode.UNKNOWN_NAME);
        assertThat(ProblemCode.ofStatus(405)).isEqualTo(ProblemCode.METHOD_NOT_ALLOWED);
        assertThat(ProblemCode.ofStatus(418)).isEqualTo(ProblemCode.INVALID_FIELD);
        assertThat(ProblemCode.ofStatus(502)).isEqualTo(ProblemCode.INTERNAL);
    }
}
