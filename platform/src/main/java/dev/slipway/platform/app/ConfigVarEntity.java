package dev.slipway.platform.app;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

@Entity(name = "ConfigVar")
@Table(name = "config_var")
@IdClass(ConfigVarEntity.Key.class)
@NullUnmarked
class ConfigVarEntity {
    @Id
    @Column(name = "app_id")
    UUID appId;

    @Id
    String name;

    byte[] sealed;

    @Column(name = "updated_at")
    Instant updatedAt;

    @NullUnmarked
    record Key(UUID appId, String name) implements Serializable {}
}
