package dev.slipway.platform.instance;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.Optional;
import java.util.UUID;

@ApplicationScoped
class InstanceRepository implements PanacheRepositoryBase<InstanceEntity, UUID> {
    static final String ENDED = "('STOPPED','FAILED','LOST')";

    Optional<InstanceEntity> locked(UUID id) {
        return findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE);
    }
}
