package dev.slipway.tenancy.app;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Finds rows of {@code app}. */
@ApplicationScoped
class AppRows implements PanacheRepositoryBase<AppEntity, UUID> {
    Optional<AppEntity> live(UUID tenant, String name) {
        return find("tenantId = ?1 and name = ?2 and destroyedAt is null", tenant, name)
                .firstResultOptional();
    }

    List<AppEntity> live(Collection<UUID> tenants) {
        return list("tenantId in ?1 and destroyedAt is null order by name", tenants);
    }

    List<AppEntity> live(UUID tenant) {
        return list("tenantId = ?1 and destroyedAt is null order by name", tenant);
    }
}
