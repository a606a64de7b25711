package dev.slipway.platform.site;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;

@Entity(name = "DrillSchedule")
@Table(name = "drill_schedule")
@NullUnmarked
class DrillScheduleEntity {
    @Id
    String site;

    @Column(name = "every_days")
    int everyDays;

    @Column(name = "next_at")
    Instant nextAt;

    @Column(name = "scheduled_by")
    String scheduledBy;

    @Column(name = "last_at")
    Instant lastAt;

    @Column(name = "last_note")
    String lastNote;

    DrillSchedule toRecord() {
        return new DrillSchedule(
                new SiteName(site),
                everyDays,
                nextAt,
                scheduledBy,
                Optional.ofNullable(lastAt),
                Optional.ofNullable(lastNote));
    }
}
