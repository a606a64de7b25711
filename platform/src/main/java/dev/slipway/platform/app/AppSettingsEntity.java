package dev.slipway.platform.app;

import dev.slipway.tenancy.identity.AppId;
import dev.slipway.tenancy.identity.AppName;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.TenantId;
import dev.slipway.tenancy.identity.TenantName;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.NullUnmarked;

@Entity(name = "AppSettings")
@Table(name = "app_settings")
@DynamicUpdate
@NullUnmarked
class AppSettingsEntity {
    @Id
    @Column(name = "app_id")
    UUID appId;

    @Column(name = "tenant_id")
    UUID tenantId;

    @Column(name = "tenant_name")
    String tenantName;

    @Column(name = "app_name")
    String appName;

    @Column(name = "deploy_branch")
    String deployBranch;

    @JdbcTypeCode(SqlTypes.JSON)
    Map<String, Integer> formation = new HashMap<>();

    /** By process type: {@code cpuMillis} and {@code memoryBytes}. */
    @JdbcTypeCode(SqlTypes.JSON)
    Map<String, Map<String, Long>> limits = new HashMap<>();

    boolean stopped;

    @Column(name = "live_release_id")
    UUID liveReleaseId;

    @Column(name = "live_deployment_id")
    UUID liveDeploymentId;

    @Column(name = "created_at", updatable = false)
    Instant createdAt;

    @Version
    int version;

    AppSettings toRecord() {
        Map<String, ProcessLimits> typed = new HashMap<>();
        limits.forEach((process, values) ->
                typed.put(process, new ProcessLimits(values.get("cpuMillis"), values.get("memoryBytes"))));
        return new AppSettings(
                new AppId(appId),
                new TenantId(tenantId),
                new AppRef(TenantName.of(tenantName), AppName.of(appName)),
                Optional.ofNullable(deployBranch),
                formation,
                typed,
                stopped,
                Optional.ofNullable(liveReleaseId),
                Optional.ofNullable(liveDeploymentId),
                createdAt,
                version);
    }
}
