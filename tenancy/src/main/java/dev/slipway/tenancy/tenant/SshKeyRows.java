package dev.slipway.tenancy.tenant;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Finds rows of {@code ssh_key}. */
@ApplicationScoped
class SshKeyRows implements PanacheRepositoryBase<SshKeyEntity, UUID> {}
