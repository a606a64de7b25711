package dev.slipway.platform.app;

import dev.slipway.tenancy.identity.AppId;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keeps the settings of apps. Every method joins the caller's transaction. */
@ApplicationScoped
@Transactional
public class AppSettingsStore {
    private final AppSettingsRepository repository;

    AppSettingsStore(AppSettingsRepository repository) {
        this.repository = repository;
    }

    public AppSettings create(AppId id, TenantId tenant, AppRef ref, Instant createdAt) {
        AppSettingsEntity entity = new AppSettingsEntity();
        entity.appId = id.value();
        entity.tenantId = tenant.value();
        entity.tenantName = ref.tenant().value();
        entity.appName = ref.app().value();
        entity.createdAt = createdAt;
        repository.persist(entity);
        return entity.toRecord();
    }

    public Optional<AppSettings> find(AppId id) {
        return repository.findByIdOptional(id.value()).map(AppSettingsEntity::toRecord);
    }

    /** By name; an app that was destroyed has none. */
    public Optional<AppSettings> find(AppRef ref) {
        return repository
                .find(
                        "tenantName = ?1 and appName = ?2",
                        ref.tenant().value(),
                        ref.app().value())
                .firstResultOptional()
                .map(AppSettingsEntity::toRecord);
    }

    public AppSettings get(AppId id) {
        return find(id).orElseThrow(() -> new IllegalStateException("settings of an app that is gone: app=" + id));
    }

    /** Reads the settings and keeps others from changing them until the caller's transaction ends. */
    public AppSettings lock(AppId id) {
        return locked(id).toRecord();
    }

    /** As {@link #lock}, for an app that may have been destroyed meanwhile. */
    public Optional<AppSettings> lockIfThere(AppId id) {
        return repository.locked(id.value()).map(AppSettingsEntity::toRecord);
    }

    public List<AppSettings> all() {
        return repository.listAll().stream().map(AppSettingsEntity::toRecord).toList();
    }

    /** Those of some apps. */
    public Map<AppId, AppSettings> of(Collection<AppId> apps) {
        return repository.list("appId in ?1", apps.stream().map(AppId::value).toList()).stream()
                .map(AppSettingsEntity::toRecord)
                .collect(Collectors.toMap(AppSettings::id, Function.identity()));
    }

    /** Those of one tenant, by name. */
    public List<AppSettings> of(TenantId tenant) {
        return repository.list("tenantId = ?1 order by appName", tenant.value()).stream()
                .map(AppSettingsEntity::toRecord)
                .toList();
    }

    public void remove(AppId id) {
        repository.deleteById(id.value());
    }

    public void deployBranch(AppId id, String branch) {
        locked(id).deployBranch = branch;
    }

    /** Changes the wanted number of instances of the named process types and leaves the others alone. */
    public AppSettings scale(AppId id, Map<String, Integer> counts) {
        AppSettingsEntity entity = locked(id);
        Map<String, Integer> formation = new HashMap<>(entity.formation);
        formation.putAll(counts);
        entity.formation = formation;
        return entity.toRecord();
    }

    public void limits(AppId id, String process, ProcessLimits limits) {
        AppSettingsEntity entity = locked(id);
        Map<String, Map<String, Long>> all = new HashMap<>(entity.limits);
        all.put(process, Map.of("cpuMillis", limits.cpuMillis(), "memoryBytes", limits.memoryBytes()));
        entity.limits = all;
    }

    public void stopped(AppId id, boolean stopped) {
        locked(id).stopped = stopped;
    }

    /** Makes a release the one that serves, or takes it back to none. */
    public void live(AppId id, @Nullable UUID release, @Nullable UUID deployment) {
        AppSettingsEntity entity = locked(id);
        entity.liveReleaseId = release;
        entity.liveDeploymentId = deployment;
    }

    private AppSettingsEntity locked(AppId id) {
        return repository
                .locked(id.value())
                .orElseThrow(() -> new IllegalStateException("settings of an app that is gone: app=" + id));
    }
}
