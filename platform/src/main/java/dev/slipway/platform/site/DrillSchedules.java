package dev.slipway.platform.site;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps when drills take place, one line for a site. Every method joins the caller's transaction. */
@ApplicationScoped
@Transactional
public class DrillSchedules {
    private final DrillScheduleRepository repository;
    private final Clock clock;

    DrillSchedules(DrillScheduleRepository repository, Clock clock) {
        this.repository = repository;
        this.clock = clock;
    }

    /** All, the next one first. */
    public List<DrillSchedule> all() {
        return repository.list("order by nextAt, site").stream()
                .map(DrillScheduleEntity::toRecord)
                .toList();
    }

    /**
     * Sets when a site has its drills; the first is at the next such time of the day.
     *
     * @param at in UTC
     */
    public DrillSchedule set(SiteName site, int everyDays, LocalTime at, String by) {
        DrillScheduleEntity entity = repository
                .findByIdOptional(site.value(), LockModeType.PESSIMISTIC_WRITE)
                .orElseGet(() -> {
                    DrillScheduleEntity made = new DrillScheduleEntity();
                    made.site = site.value();
                    return made;
                });
        entity.everyDays = everyDays;
        entity.nextAt = DrillSchedule.first(clock.instant(), at);
        entity.scheduledBy = by;
        repository.persistAndFlush(entity);
        return entity.toRecord();
    }

    /** Gives whether there was one. */
    public boolean remove(SiteName site) {
        return repository.deleteById(site.value());
    }

    /** A time has been used, or given up for a reason; the next one follows. */
    public void over(SiteName site, Optional<String> note) {
        repository
                .findByIdOptional(site.value(), LockModeType.PESSIMISTIC_WRITE)
                .ifPresent(entity -> {
                    Instant now = clock.instant();
                    entity.nextAt = entity.toRecord().following(now);
                    entity.lastAt = now;
                    entity.lastNote = orNull(note);
                });
    }

    private static @Nullable String orNull(Optional<String> note) {
        return note.orElse(null);
    }
}
