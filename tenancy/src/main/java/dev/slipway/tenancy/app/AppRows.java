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
    private static final String OF_TENANT = "tenantId = (select t.id from TenantEntity t where t.name = ?1)";

    Optional<AppEntity> live(UUID tenant, String name) {
        return find("tenantId = ?1 and name = ?2 and destroyedAt is null", tenant, name)
                .firstResultOptional();
    }

    Optional<AppEntity> live(String tenant, String name) {
        return find(OF_TENANT + " and name = ?2 and destroyedAt is null", tenant, name)
                .firstResultOptional();
    }

    List<AppEntity> live(String tenant) {
        return list(OF_TENANT + " and destroyedAt is null order by name", tenant);
    }

    List<AppEntity> live(Collection<UUID> tenants) {
        return list("tenantId in ?1 and destroyedAt is null order by name", tenants);
    }
}
