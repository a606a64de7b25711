package dev.slipway.platform.build;

import dev.slipway.platform.app.AppNumbers;
import dev.slipway.platform.release.ReleaseId;
import dev.slipway.platform.transcript.TranscriptId;
import dev.slipway.platform.transcript.Transcripts;
import dev.slipway.tenancy.identity.AppId;
import io.quarkus.panache.common.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

/** The durable queue of builds. Every method joins the caller's transaction. */
@ApplicationScoped
@Transactional
public class Builds {
    private final BuildRepository repository;
    private final AppNumbers numbers;
    private final Transcripts transcripts;
    private final Clock clock;

    Builds(BuildRepository repository, AppNumbers numbers, Transcripts transcripts, Clock clock) {
        this.repository = repository;
        this.numbers = numbers;
        this.transcripts = transcripts;
        this.clock = clock;
    }

    /** Queues a build and cancels the app's older ones that no worker has taken yet; these are returned as superseded. */
    public Queueing enqueue(BuildWish wish) {
        List<Build> superseded = new ArrayList<>();
        int number = numbers.nextBuild(wish.app());
        for (BuildEntity older :
                repository.list("appId = ?1 and state = 'QUEUED'", wish.app().value())) {
            older.state(new BuildState.Queued().cancel("superseded by build " + number), clock.instant());
            superseded.add(older.toRecord());
        }
        BuildEntity entity = new BuildEntity();
        entity.id = UUID.randomUUID();
        entity.appId = wish.app().value();
        entity.number = number;
        entity.commitId = wish.commit();
        entity.branch = wish.branch();
        entity.subject = wish.subject();
        entity.requestedBy = wish.requestedBy();
        entity.transcriptId = transcripts.open().value();
        entity.createdAt = clock.instant();
        entity.state(new BuildState.Queued(), clock.instant());
        repository.persist(entity);
        return new Queueing(entity.toRecord(), superseded);
    }

    /** A queued build and those it replaced. */
    public record Queueing(Build queued, List<Build> superseded) {}

    /** Candidates for a worker, locked until the caller's transaction ends. */
    public List<Build> claimable(int most) {
        return repository.claimable(most).stream().map(BuildEntity::toRecord).toList();
    }

    /** Gives a queued build to a worker of the leader's epoch. */
    public Build start(BuildId id, Duration limit, long epoch) {
        BuildEntity entity = repository.locked(id.value());
        if (!(entity.state() instanceof BuildState.Queued queued)) {
            throw new IllegalStateException("only a queued build can start: build=" + id + " state=" + entity.state);
        }
        Instant now = clock.instant();
        entity.state(queued.start(now, now.plus(limit)), now);
        entity.attempts++;
        entity.epoch = epoch;
        return entity.toRecord();
    }

    /** Moves a running build on; returns empty when it is not running any more, so that the caller undoes its part. */
    public Optional<Build> finish(BuildId id, Function<BuildState.Running, BuildState> transition) {
        BuildEntity entity = repository.locked(id.value());
        if (!(entity.state() instanceof BuildState.Running running)) {
            return Optional.empty();
        }
        entity.state(transition.apply(running), clock.instant());
        return Optional.of(entity.toRecord());
    }

    /** Writes down what became of a succeeded build. */
    public void released(BuildId id, ReleaseId release, UUID deployment) {
        BuildEntity entity = repository.locked(id.value());
        entity.releaseId = release.value();
        entity.deploymentId = deployment;
    }

    /** Ends a queued build at once, and asks the worker of a running one to end it. Returns the build as it is then. */
    public Build requestCancel(BuildId id, String by) {
        BuildEntity entity = repository.locked(id.value());
        switch (entity.state()) {
            case BuildState.Queued queued -> entity.state(queued.cancel("cancelled by " + by), clock.instant());
            case BuildState.Running running -> entity.cancelRequested = true;
            default -> {
                // Ended already: there is nothing left to cancel.
            }
        }
        return entity.toRecord();
    }

    public Optional<Build> find(BuildId id) {
        return repository.findByIdOptional(id.value()).map(BuildEntity::toRecord);
    }

    public Optional<Build> byNumber(AppId app, int number) {
        return repository.byNumber(app.value(), number).map(BuildEntity::toRecord);
    }

    /** Builds that are running, as far as the table knows. */
    public List<Build> running() {
        return repository.list("state = 'RUNNING'").stream()
                .map(BuildEntity::toRecord)
                .toList();
    }

    /** All that have not ended, the oldest first. */
    public List<Build> open() {
        return repository.list("state in ('QUEUED','RUNNING') order by createdAt, number").stream()
                .map(BuildEntity::toRecord)
                .toList();
    }

    public List<Build> open(AppId app) {
        return repository.list("appId = ?1 and state in ('QUEUED','RUNNING')", app.value()).stream()
                .map(BuildEntity::toRecord)
                .toList();
    }

    /** The newest builds first, at most {@code limit} with a number below {@code before}. */
    public List<Build> list(AppId app, int before, int limit) {
        return repository
                .find("appId = ?1 and number < ?2 order by number desc", app.value(), before)
                .page(Page.ofSize(limit))
                .list()
                .stream()
                .map(BuildEntity::toRecord)
                .toList();
    }

    /** The transcript of a build, by number. */
    public Optional<TranscriptId> transcript(AppId app, int number) {
        return byNumber(app, number).map(Build::transcript);
    }

    /** How many builds have not ended, by the name of their state. */
    public Map<String, Long> openByState() {
        Map<String, Long> counts = new TreeMap<>();
        for (Object[] row : repository
                .getEntityManager()
                .createQuery(
                        "select state, count(*) from Build where state in ('QUEUED','RUNNING') group by state",
                        Object[].class)
                .getResultList()) {
            counts.put((String) row[0], (Long) row[1]);
        }
        return counts;
    }
}
