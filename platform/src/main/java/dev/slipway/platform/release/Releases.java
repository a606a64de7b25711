package dev.slipway.platform.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.platform.app.AppNumbers;
import dev.slipway.tenancy.identity.AppId;
import dev.slipway.tenancy.secret.Sealer;
import io.quarkus.panache.common.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** Makes and reads releases. A release is never changed. */
@ApplicationScoped
@Transactional
public class Releases {
    private static final TypeReference<TreeMap<String, String>> CONFIG = new TypeReference<>() {};

    private final ReleaseRepository repository;
    private final AppNumbers numbers;
    private final Sealer sealer;
    private final ObjectMapper json;
    private final Clock clock;

    Releases(ReleaseRepository repository, AppNumbers numbers, Sealer sealer, ObjectMapper json, Clock clock) {
        this.repository = repository;
        this.numbers = numbers;
        this.sealer = sealer;
        this.json = json;
        this.clock = clock;
    }

    public Release make(AppId app, ReleaseDraft draft) {
        ReleaseEntity entity = new ReleaseEntity();
        entity.id = UUID.randomUUID();
        entity.appId = app.value();
        entity.number = numbers.nextRelease(app);
        entity.imageDigest = draft.imageDigest();
        entity.repository = draft.repository();
        entity.commitId = draft.commit();
        entity.description = draft.description();
        entity.processes = ReleaseJson.of(draft.processes());
        entity.checks = ReleaseJson.of(draft.checks());
        entity.configNames = List.copyOf(draft.config().keySet());
        entity.configSealed = seal(entity.id, draft.config());
        entity.createdBy = draft.createdBy();
        entity.createdAt = clock.instant();
        repository.persist(entity);
        return entity.toRecord();
    }

    public Optional<Release> find(ReleaseId id) {
        return repository.findByIdOptional(id.value()).map(ReleaseEntity::toRecord);
    }

    /** Numbers of some releases, without what else they hold. */
    public Map<ReleaseId, Integer> numbers(Collection<ReleaseId> ids) {
        Map<ReleaseId, Integer> numbers = new HashMap<>();
        if (ids.isEmpty()) {
            return numbers;
        }
        for (Object[] row : repository
                .getEntityManager()
                .createQuery("select id, number from Release where id in ?1", Object[].class)
                .setParameter(1, ids.stream().map(ReleaseId::value).toList())
                .getResultList()) {
            numbers.put(new ReleaseId((UUID) row[0]), (Integer) row[1]);
        }
        return numbers;
    }

    public Release get(ReleaseId id) {
        return find(id).orElseThrow(() -> new IllegalStateException("no such release: release=" + id));
    }

    public Optional<Release> byNumber(AppId app, int number) {
        return repository
                .find("appId = ?1 and number = ?2", app.value(), number)
                .firstResultOptional()
                .map(ReleaseEntity::toRecord);
    }

    /** The newest releases first, at most {@code limit} with a number below {@code before}. */
    public List<Release> list(AppId app, int before, int limit) {
        return repository
                .find("appId = ?1 and number < ?2 order by number desc", app.value(), before)
                .page(Page.ofSize(limit))
                .list()
                .stream()
                .map(ReleaseEntity::toRecord)
                .toList();
    }

    /** The digests of all images that releases name in a repository of the registry. */
    public List<String> images(String repositoryName) {
        return repository.list("repository", repositoryName).stream()
                .map(entity -> entity.imageDigest)
                .distinct()
                .toList();
    }

    /** The config variables this release was made with, values in the clear. */
    public SortedMap<String, String> config(ReleaseId id) {
        ReleaseEntity entity = repository.findById(id.value());
        try {
            return json.readValue(sealer.open(entity.configSealed, context(entity.id)), CONFIG);
        } catch (IOException e) {
            throw new IllegalStateException("config of a release cannot be read: release=" + id, e);
        }
    }

    private byte[] seal(UUID id, SortedMap<String, String> config) {
        try {
            return sealer.seal(json.writeValueAsBytes(config), context(id));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("config of a release cannot be written: release=" + id, e);
        }
    }

    private static String context(UUID id) {
        return "release/" + id;
    }
}
