package dev.slipway.platform.app;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

@Entity(name = "Domain")
@Table(name = "domain")
@NullUnmarked
class DomainEntity {
    @Id
    String host;

    @Column(name = "app_id")
    UUID appId;

    @Column(name = "created_at")
    Instant createdAt;
}
