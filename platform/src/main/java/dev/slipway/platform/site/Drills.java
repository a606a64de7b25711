package dev.slipway.platform.site;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Keeps the rows of drills; one runs at a time. Every method joins the caller's transaction. */
@ApplicationScoped
@Transactional
public class Drills {
    private static final int LISTED = 100;

    private final DrillRepository repository;
    private final Clock clock;

    Drills(DrillRepository repository, Clock clock) {
        this.repository = repository;
        this.clock = clock;
    }

    /** Begins one; the database refuses a second. */
    public Drill begin(SiteName site, String by, List<Drill.Place> places, long failedBefore) {
        DrillEntity entity = new DrillEntity();
        entity.id = UUID.randomUUID();
        entity.site = site.value();
        entity.startedBy = by;
        entity.state = Drill.State.RUNNING;
        entity.begunAt = clock.instant();
        entity.places = List.copyOf(places);
        entity.waiting = new ArrayList<>();
        entity.failedBefore = failedBefore;
        repository.persistAndFlush(entity);
        return entity.toRecord();
    }

    /** The one that runs. */
    public Optional<Drill> running() {
        return repository
                .find("state", Drill.State.RUNNING)
                .firstResultOptional()
                .map(DrillEntity::toRecord);
    }

    public Optional<Drill> find(UUID id) {
        return repository.findByIdOptional(id).map(DrillEntity::toRecord);
    }

    /** The newest first. */
    public List<Drill> newest() {
        return repository.find("order by begunAt desc").page(0, LISTED).list().stream()
                .map(DrillEntity::toRecord)
                .toList();
    }

    /** The site is silent, or lost: the first time counts. */
    public void seen(UUID id, SiteState site) {
        repository.locked(id).ifPresent(entity -> {
            boolean silent = site instanceof SiteState.Suspect || site instanceof SiteState.Lost;
            if (silent && entity.silentAt == null) {
                entity.silentAt = clock.instant();
            }
            if (site instanceof SiteState.Lost && entity.lostAt == null) {
                entity.lostAt = clock.instant();
            }
        });
    }

    /** The routes have been read anew, and requests go elsewhere wherever they can: the first time counts. */
    public void away(UUID id) {
        repository
                .locked(id)
                .filter(entity -> entity.awayAt == null)
                .ifPresent(entity -> entity.awayAt = clock.instant());
    }

    /** What has been measured so far. */
    public void measured(UUID id, int moved, List<String> waiting, long failed) {
        repository
                .locked(id)
                .filter(entity -> entity.state == Drill.State.RUNNING)
                .ifPresent(entity -> {
                    Instant now = clock.instant();
                    if (moved > 0 && entity.firstMovedAt == null) {
                        entity.firstMovedAt = now;
                    }
                    if (moved > entity.moved) {
                        entity.lastMovedAt = now;
                    }
                    entity.moved = moved;
                    entity.waiting = List.copyOf(waiting);
                    entity.failed = failed;
                });
    }

    /** Ends one, if it still runs. */
    public Optional<Drill> end(UUID id, Drill.State how) {
        return repository
                .locked(id)
                .filter(entity -> entity.state == Drill.State.RUNNING)
                .map(entity -> {
                    entity.state = how;
                    entity.endedAt = clock.instant();
                    return entity.toRecord();
                });
    }
}
