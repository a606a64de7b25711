package dev.slipway.platform.reconcile;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.NullUnmarked;

@Entity(name = "AppPlacement")
@Table(name = "app_placement")
@NullUnmarked
class PlacementEntity {
    @Id
    @Column(name = "app_id")
    UUID appId;

    @Column(name = "tenant_name")
    String tenantName;

    @JdbcTypeCode(SqlTypes.JSON)
    Map<String, String> options;

    @Column(name = "group_name")
    String groupName;
}
