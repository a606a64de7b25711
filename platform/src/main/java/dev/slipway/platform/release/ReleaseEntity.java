package dev.slipway.platform.release;

import dev.slipway.tenancy.identity.AppId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.NullUnmarked;

@Entity(name = "Release")
@Table(name = "release")
@Immutable
@NullUnmarked
class ReleaseEntity {
    @Id
    UUID id;

    @Column(name = "app_id")
    UUID appId;

    int number;

    @Column(name = "image_digest")
    String imageDigest;

    String repository;

    @Column(name = "commit_id")
    String commitId;

    String description;

    /** Name and command of each process type, in the order of their declaration. */
    @JdbcTypeCode(SqlTypes.JSON)
    List<Map<String, Object>> processes;

    @JdbcTypeCode(SqlTypes.JSON)
    Map<String, Map<String, Object>> checks;

    @Column(name = "config_sealed")
    byte[] configSealed;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(name = "config_names")
    List<String> configNames;

    @Column(name = "created_by")
    String createdBy;

    @Column(name = "created_at")
    Instant createdAt;

    Release toRecord() {
        return new Release(
                new ReleaseId(id),
                new AppId(appId),
                number,
                repository,
                imageDigest,
                commitId,
                description,
                ReleaseJson.processes(processes),
                ReleaseJson.checks(checks),
                configNames,
                createdBy,
                createdAt);
    }
}
