package dev.slipway.platform.deployment;

import dev.slipway.platform.app.AppNumbers;
import dev.slipway.platform.release.ReleaseId;
import dev.slipway.platform.transcript.TranscriptId;
import dev.slipway.tenancy.identity.AppId;
import io.quarkus.panache.common.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Keeps deployments and their order. Every method joins the caller's transaction. */
@ApplicationScoped
@Transactional
public class Deployments {
    private static final String OPEN = "state not in ('DONE','ROLLED_BACK','CANCELLED')";

    private final DeploymentRepository repository;
    private final AppNumbers numbers;
    private final Clock clock;

    Deployments(DeploymentRepository repository, AppNumbers numbers, Clock clock) {
        this.repository = repository;
        this.numbers = numbers;
        this.clock = clock;
    }

    /** Makes a waiting deployment and cancels the app's earlier waiting ones; these are returned as superseded. */
    public Queueing enqueue(
            AppId app, ReleaseId release, String version, TranscriptId transcript, String by, Duration limit) {
        List<Deployment> superseded = new ArrayList<>();
        for (DeploymentEntity older : repository.list("appId = ?1 and state = 'PENDING'", app.value())) {
            older.state(new DeploymentState.Pending().cancel("superseded by " + version), clock.instant());
            superseded.add(older.toRecord());
        }
        DeploymentEntity entity = new DeploymentEntity();
        entity.id = UUID.randomUUID();
        entity.appId = app.value();
        entity.number = numbers.nextDeployment(app);
        entity.releaseId = release.value();
        entity.transcriptId = transcript.value();
        entity.requestedBy = by;
        entity.createdAt = clock.instant();
        entity.deadlineAt = entity.createdAt.plus(limit);
        entity.state(new DeploymentState.Pending(), entity.createdAt);
        repository.persist(entity);
        return new Queueing(entity.toRecord(), superseded);
    }

    /** A waiting deployment and those it replaced. */
    public record Queueing(Deployment queued, List<Deployment> superseded) {}

    /** Reads a deployment and keeps others from changing it until the caller's transaction ends. */
    public Deployment lock(DeploymentId id) {
        return repository.locked(id.value()).toRecord();
    }

    /** Stores the next state; the caller got it from the state it has locked. */
    public Deployment become(DeploymentId id, DeploymentState next) {
        DeploymentEntity entity = repository.locked(id.value());
        entity.state(next, clock.instant());
        return entity.toRecord();
    }

    /** Notes what was live when this deployment began: a release, and the deployment that had made it live. */
    public void previous(DeploymentId id, Optional<ReleaseId> release, Optional<UUID> deployment) {
        DeploymentEntity entity = repository.locked(id.value());
        entity.previousReleaseId = release.map(ReleaseId::value).orElse(null);
        entity.previousDeploymentId = deployment.orElse(null);
    }

    /** The wish to cancel cannot be fulfilled: the deployment goes on. */
    public void goOn(DeploymentId id) {
        repository.locked(id.value()).cancelRequested = false;
    }

    /** Gives the deployment that much time from now on. */
    public void extend(DeploymentId id, Duration limit) {
        repository.locked(id.value()).deadlineAt = clock.instant().plus(limit);
    }

    /** Ends a waiting deployment at once, and asks the runner of an active one to undo it. */
    public Deployment requestCancel(DeploymentId id, String by) {
        DeploymentEntity entity = repository.locked(id.value());
        switch (DeploymentState.of(entity.state, "")) {
            case DeploymentState.Pending pending -> entity.state(pending.cancel("cancelled by " + by), clock.instant());
            case DeploymentState.Open active -> entity.cancelRequested = true;
            default -> {
                // Ended already: there is nothing left to cancel.
            }
        }
        return entity.toRecord();
    }

    public Optional<Deployment> find(DeploymentId id) {
        return repository.findByIdOptional(id.value()).map(DeploymentEntity::toRecord);
    }

    public Optional<Deployment> byNumber(AppId app, int number) {
        return repository
                .find("appId = ?1 and number = ?2", app.value(), number)
                .firstResultOptional()
                .map(DeploymentEntity::toRecord);
    }

    /** All deployments that have not ended, oldest first: what a leader has to go on with. */
    public List<Deployment> open() {
        return records(repository.list(OPEN + " order by createdAt, number"));
    }

    public List<Deployment> open(AppId app) {
        return records(repository.list("appId = ?1 and " + OPEN + " order by number", app.value()));
    }

    /** The newest few of an app and those that have not ended, in one question; the newest first. */
    public List<Deployment> recentAndOpen(AppId app, int few) {
        return records(repository.list(
                "appId = ?1 and (" + OPEN + " or number in"
                        + " (select d.number from Deployment d where d.appId = ?1 order by d.number desc limit " + few
                        + ")) order by number desc",
                app.value()));
    }

    /** The newest deployments first, at most {@code limit} with a number below {@code before}. */
    public List<Deployment> list(AppId app, int before, int limit) {
        return records(repository
                .find("appId = ?1 and number < ?2 order by number desc", app.value(), before)
                .page(Page.ofSize(limit))
                .list());
    }

    private static List<Deployment> records(List<DeploymentEntity> entities) {
        return entities.stream().map(DeploymentEntity::toRecord).toList();
    }

    /** How many deployments have not ended, by the name of their state. */
    public Map<String, Long> openByState() {
        Map<String, Long> counts = new TreeMap<>();
        for (Object[] row : repository
                .getEntityManager()
                .createQuery(
                        "select state, count(*) from Deployment where state not in ('DONE','ROLLED_BACK','CANCELLED') group by state",
                        Object[].class)
                .getResultList()) {
            counts.put((String) row[0], (Long) row[1]);
        }
        return counts;
    }
}
