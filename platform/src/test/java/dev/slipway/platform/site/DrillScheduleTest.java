package dev.slipway.platform.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DrillScheduleTest {
    private static final DrillSchedule MONTHLY = every(30, "2026-03-01T03:30:00Z");

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T03:29:59Z, 03:30, 2026-03-01T03:30:00Z",
        "2026-03-01T03:30:00Z, 03:30, 2026-03-02T03:30:00Z",
        "2026-12-31T23:59:00Z, 00:00, 2027-01-01T00:00:00Z"
    })
    void theFirstIsAtTheNextSuchTimeOfTheDay(Instant now, LocalTime at, Instant first) {
        assertThat(DrillSchedule.first(now, at)).isEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T03:29:59Z, NOT_YET",
        "2026-03-01T03:30:00Z, NOW",
        "2026-03-01T04:30:00Z, NOW",
        "2026-03-01T04:30:01Z, MISSED",
        "2026-05-01T00:00:00Z, MISSED"
    })
    void itIsDueAtItsTimeAndForAnHour(Instant now, DrillSchedule.Due due) {
        assertThat(MONTHLY.due(now)).isEqualTo(due);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T03:30:07Z, 2026-03-31T03:30:00Z",
        "2026-03-31T03:30:00Z, 2026-04-30T03:30:00Z",
        "2026-07-01T12:00:00Z, 2026-07-29T03:30:00Z"
    })
    void howeverManyWereMissedTheNextIsStillToComeAndAtTheSameTimeOfTheDay(Instant now, Instant next) {
        assertThat(MONTHLY.following(now)).isEqualTo(next);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 367})
    void otherIntervalsAreRefused(int days) {
        assertThatThrownBy(() -> every(days, "2026-03-01T03:30:00Z")).hasMessageContaining("every 1 to 366 days");
    }

    private static DrillSchedule every(int days, String next) {
        return new DrillSchedule(
                new SiteName("dc-a"), days, Instant.parse(next), "person:ada", Optional.empty(), Optional.empty());
    }

    @Test
    void theLongestIsAYear() {
        assertThat(every(366, "2026-03-01T03:30:00Z").everyDays()).isEqualTo(366);
    }
}
