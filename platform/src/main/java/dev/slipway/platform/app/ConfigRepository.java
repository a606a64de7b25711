package dev.slipway.platform.app;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

@ApplicationScoped
class ConfigRepository implements PanacheRepositoryBase<ConfigVarEntity, ConfigVarEntity.Key> {
    List<ConfigVarEntity> of(UUID appId) {
        return list("appId = ?1 order by name", appId);
    }
}
