package dev.slipway.platform.instance;

import dev.slipway.platform.release.ReleaseId;
import dev.slipway.platform.runtime.InstanceId;
import dev.slipway.tenancy.identity.AppId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

/** Keeps the rows of instances. Every method joins the caller's transaction. */
@ApplicationScoped
@Transactional
public class Instances {
    private final InstanceRepository repository;
    private final Clock clock;

    Instances(InstanceRepository repository, Clock clock) {
        this.repository = repository;
        this.clock = clock;
    }

    /** What is asked for when an instance is intended. */
    public record Intent(
            AppId app,
            ReleaseId release,
            UUID deployment,
            String process,
            int slot,
            String site,
            String node,
            long cpuMillis,
            long memoryBytes,
            int crashes,
            Instant notBefore) {}

    /** Writes the row of an instance that is to be launched once the caller's transaction has committed. */
    public Instance intend(Intent intent) {
        return write(new InstanceId(UUID.randomUUID()), intent, new InstanceState.Intended());
    }

    /** Writes the row of an instance that runs already and had none; it is looked at like one that was just launched. */
    public Instance found(InstanceId id, Intent intent) {
        return write(id, intent, new InstanceState.Intended().launch());
    }

    private Instance write(InstanceId id, Intent intent, InstanceState state) {
        InstanceEntity entity = new InstanceEntity();
        entity.id = id.value();
        entity.appId = intent.app().value();
        entity.releaseId = intent.release().value();
        entity.deploymentId = intent.deployment();
        entity.process = intent.process();
        entity.slot = intent.slot();
        entity.site = intent.site();
        entity.node = intent.node();
        entity.cpuMillis = intent.cpuMillis();
        entity.memoryBytes = intent.memoryBytes();
        entity.crashes = intent.crashes();
        entity.notBefore = intent.notBefore();
        entity.createdAt = clock.instant();
        entity.state(state, entity.createdAt);
        repository.persist(entity);
        return entity.toRecord();
    }

    /**
     * Moves an instance on, if its state still allows it.
     *
     * @param transition gives the next state, or empty when the stored one does not allow the move
     * @return the instance as it is after the move, or empty when there was none
     */
    public Optional<Instance> move(InstanceId id, Function<InstanceState, Optional<InstanceState>> transition) {
        return repository
                .locked(id.value())
                .flatMap(entity -> transition.apply(entity.state()).map(next -> {
                    entity.state(next, clock.instant());
                    return entity.toRecord();
                }));
    }

    /** Notes where an instance listens. */
    public void endpoint(InstanceId id, String host, int port) {
        repository.locked(id.value()).ifPresent(entity -> {
            entity.host = host;
            entity.port = port;
        });
    }

    /** It is to run elsewhere, or may stay after all. */
    public void leaving(InstanceId id, boolean leaving) {
        repository.locked(id.value()).ifPresent(entity -> entity.leaving = leaving);
    }

    /** Whether any instance that has not ended is to run elsewhere. */
    public boolean anyLeaving() {
        return repository.count("leaving = true and state not in " + InstanceRepository.ENDED) > 0;
    }

    /** Its container is no longer kept. */
    public void removed(InstanceId id) {
        repository.locked(id.value()).ifPresent(entity -> entity.removed = true);
    }

    /** No container of a site is kept any more, since the site is gone; what has not ended there is lost. */
    public List<Instance> siteGone(String site, String reason) {
        List<Instance> lost = new ArrayList<>();
        for (InstanceEntity entity : repository.list("site = ?1 and removed = false", site)) {
            if (!entity.state().ended()) {
                entity.state(new InstanceState.Lost(reason), clock.instant());
                lost.add(entity.toRecord());
            }
            entity.removed = true;
        }
        return lost;
    }

    public Optional<Instance> find(InstanceId id) {
        return repository.findByIdOptional(id.value()).map(InstanceEntity::toRecord);
    }

    /** The instances of an app that have not ended. */
    public List<Instance> unended(AppId app) {
        return records(repository.list(
                "appId = ?1 and state not in " + InstanceRepository.ENDED + " order by process, slot, createdAt",
                app.value()));
    }

    /** What instances that have not ended may use, by site and node. */
    public List<Use> use() {
        return repository
                .getEntityManager()
                .createQuery(
                        "select new dev.slipway.platform.instance.Instances$Use(site, node, sum(cpuMillis),"
                                + " sum(memoryBytes), count(*)) from Instance where state not in "
                                + InstanceRepository.ENDED + " group by site, node",
                        Use.class)
                .getResultList();
    }

    /** What is promised to the instances on one node. */
    public record Use(String site, String node, long cpuMillis, long memoryBytes, long instances) {}

    /** An instance that has not ended and the room it has. */
    public record Held(
            InstanceId id,
            AppId app,
            UUID deployment,
            String name,
            String site,
            String node,
            long cpuMillis,
            long memoryBytes) {}

    /** The room of an app's instances that have not ended. */
    public List<Held> held(AppId app) {
        return repository.list("appId = ?1 and state not in " + InstanceRepository.ENDED, app.value()).stream()
                .map(Instances::held)
                .toList();
    }

    /** The room of all instances at a site that have not ended. */
    public List<Held> heldAt(String site) {
        return repository
                .list("site = ?1 and state not in " + InstanceRepository.ENDED + " order by createdAt, id", site)
                .stream()
                .map(Instances::held)
                .toList();
    }

    private static Held held(InstanceEntity entity) {
        return new Held(
                new InstanceId(entity.id),
                new AppId(entity.appId),
                entity.deploymentId,
                entity.process + "." + (entity.slot + 1),
                entity.site,
                entity.node,
                entity.cpuMillis,
                entity.memoryBytes);
    }

    /** All instances that have not ended. */
    public List<Instance> unended() {
        return records(repository.list("state not in " + InstanceRepository.ENDED));
    }

    /** Ended instances whose containers are still kept, the ones ended last first. */
    public List<Instance> kept() {
        return records(repository.list(
                "removed = false and state in " + InstanceRepository.ENDED + " order by stateSince desc"));
    }

    /**
     * Those that have not ended, by process and slot, and the ended ones that are still kept, those ended last first: what
     * people are shown, in one question.
     */
    public List<Instance> shown(AppId app) {
        List<Instance> all = new ArrayList<>(records(repository.list(
                "appId = ?1 and (removed = false or state not in " + InstanceRepository.ENDED
                        + ") order by process, slot, createdAt",
                app.value())));
        List<Instance> ended = all.stream()
                .filter(instance -> instance.state().ended())
                .sorted(Comparator.comparing(Instance::stateSince).reversed())
                .toList();
        all.removeAll(ended);
        all.addAll(ended);
        return all;
    }

    public List<Instance> kept(AppId app) {
        return records(repository.list(
                "appId = ?1 and removed = false and state in " + InstanceRepository.ENDED + " order by stateSince desc",
                app.value()));
    }

    /** The newest instance of each slot that a deployment had, ended or not. */
    public List<Instance> newestOf(AppId app, UUID deployment) {
        Map<String, Instance> newest = new TreeMap<>();
        records(repository.list("appId = ?1 and deploymentId = ?2 order by createdAt", app.value(), deployment))
                .forEach(instance -> newest.put(instance.name(), instance));
        return List.copyOf(newest.values());
    }

    /** The newest instance a deployment had in this slot, ended or not. */
    public Optional<Instance> newestOf(AppId app, UUID deployment, String process, int slot) {
        return repository
                .find(
                        "appId = ?1 and deploymentId = ?2 and process = ?3 and slot = ?4 order by createdAt desc",
                        app.value(),
                        deployment,
                        process,
                        slot)
                .firstResultOptional()
                .map(InstanceEntity::toRecord);
    }

    private static List<Instance> records(List<InstanceEntity> entities) {
        return entities.stream().map(InstanceEntity::toRecord).toList();
    }

    /** How many start now in the places of those that a lost site had, and are not up yet. */
    public long replacing(String lostSite) {
        return repository
                .getEntityManager()
                .createQuery("""
                        select count(*) from Instance i
                        where i.site <> :site and i.state in ('INTENDED','LAUNCHING','STARTING') and exists (
                          select 1 from Instance p
                          where p.appId = i.appId and p.deploymentId = i.deploymentId and p.process = i.process
                            and p.slot = i.slot and p.site = :site and p.state = 'LOST' and not exists (
                              select 1 from Instance q
                              where q.appId = p.appId and q.deploymentId = p.deploymentId and q.process = p.process
                                and q.slot = p.slot and q.state in ('STOPPED','FAILED','LOST')
                                and q.createdAt > p.createdAt))
                        """, Long.class)
                .setParameter("site", lostSite)
                .getSingleResult();
    }

    /** How many instances have not ended, by the name of their state. */
    public Map<String, Long> unendedByState() {
        Map<String, Long> counts = new TreeMap<>();
        for (Object[] row : repository
                .getEntityManager()
                .createQuery(
                        "select state, count(*) from Instance where state not in ('STOPPED','FAILED','LOST') group by state",
                        Object[].class)
                .getResultList()) {
            counts.put((String) row[0], (Long) row[1]);
        }
        return counts;
    }
}
