package dev.slipway.platform.reconcile;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

@ApplicationScoped
class PlacementRepository implements PanacheRepositoryBase<PlacementEntity, UUID> {}
