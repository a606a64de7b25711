package dev.slipway.platform.deployment;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.UUID;

@ApplicationScoped
class DeploymentRepository implements PanacheRepositoryBase<DeploymentEntity, UUID> {

    DeploymentEntity locked(UUID id) {
        DeploymentEntity entity = findById(id, LockModeType.PESSIMISTIC_WRITE);
        if (entity == null) {
            throw new IllegalStateException("no such deployment: deployment=" + id);
        }
        return entity;
    }
}
