package dev.slipway.tenancy.tenant;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/** Finds rows of {@code tenant}. */
@ApplicationScoped
class TenantRows implements PanacheRepositoryBase<TenantEntity, UUID> {
    Optional<TenantEntity> named(String name) {
        return find("name", name).firstResultOptional();
    }
}
