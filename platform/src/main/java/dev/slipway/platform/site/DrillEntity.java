package dev.slipway.platform.site;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.NullUnmarked;

@Entity(name = "Drill")
@Table(name = "drill")
@NullUnmarked
class DrillEntity {
    @Id
    UUID id;

    String site;

    @Column(name = "started_by")
    String startedBy;

    @Enumerated(EnumType.STRING)
    @JdbcTypeCode(SqlTypes.VARCHAR)
    Drill.State state;

    @Column(name = "begun_at")
    Instant begunAt;

    @Column(name = "away_at")
    Instant awayAt;

    @Column(name = "first_moved_at")
    Instant firstMovedAt;

    @Column(name = "last_moved_at")
    Instant lastMovedAt;

    @Column(name = "silent_at")
    Instant silentAt;

    @Column(name = "lost_at")
    Instant lostAt;

    @Column(name = "ended_at")
    Instant endedAt;

    @JdbcTypeCode(SqlTypes.JSON)
    List<Drill.Place> places;

    int moved;

    @JdbcTypeCode(SqlTypes.JSON)
    List<String> waiting;

    @Column(name = "failed_before")
    long failedBefore;

    long failed;

    Drill toRecord() {
        return new Drill(
                id,
                new SiteName(site),
                startedBy,
                state,
                begunAt,
                Optional.ofNullable(awayAt),
                Optional.ofNullable(silentAt),
                Optional.ofNullable(lostAt),
                Optional.ofNullable(firstMovedAt),
                Optional.ofNullable(lastMovedAt),
                Optional.ofNullable(endedAt),
                places,
                moved,
                waiting,
                failedBefore,
                failed);
    }
}
