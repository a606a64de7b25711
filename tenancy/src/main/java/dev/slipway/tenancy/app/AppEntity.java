package dev.slipway.tenancy.app;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code app}; destroyed ones stay. */
@Entity
@Table(name = "app")
class AppEntity {
    @Id
    UUID id;

    @Column(name = "tenant_id")
    UUID tenantId;

    @Column(name = "name")
    String name;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "created_by")
    String createdBy;

    @Nullable
    @Column(name = "destroyed_at")
    Instant destroyedAt;

    @Nullable
    @Column(name = "destroyed_by")
    String destroyedBy;
}
