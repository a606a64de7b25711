package dev.slipway.platform.app;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;

@ApplicationScoped
class DomainRepository implements PanacheRepositoryBase<DomainEntity, String> {}
