package dev.slipway.platform.app;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.Optional;
import java.util.UUID;

@ApplicationScoped
class AppSettingsRepository implements PanacheRepositoryBase<AppSettingsEntity, UUID> {

    Optional<AppSettingsEntity> locked(UUID appId) {
        return findByIdOptional(appId, LockModeType.PESSIMISTIC_WRITE);
    }

    /** Takes the next number of a counter column; gaps are possible when the transaction is rolled back. */
    int next(UUID appId, String column) {
        Object number = getEntityManager()
                .createNativeQuery("update app_settings set " + column + " = " + column
                        + " + 1 where app_id = :id returning " + column + " - 1")
                .setParameter("id", appId)
                .getSingleResult();
        return ((Number) number).intValue();
    }
}
