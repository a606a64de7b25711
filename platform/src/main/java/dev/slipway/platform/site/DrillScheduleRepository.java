package dev.slipway.platform.site;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;

@ApplicationScoped
class DrillScheduleRepository implements PanacheRepositoryBase<DrillScheduleEntity, String> {}
