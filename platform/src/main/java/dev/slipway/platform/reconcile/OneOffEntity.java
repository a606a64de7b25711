package dev.slipway.platform.reconcile;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

@Entity(name = "OneOff")
@Table(name = "one_off")
@NullUnmarked
class OneOffEntity {
    @Id
    UUID id;

    @Column(name = "app_id")
    UUID appId;

    @Column(name = "alive_until")
    Instant aliveUntil;
}
