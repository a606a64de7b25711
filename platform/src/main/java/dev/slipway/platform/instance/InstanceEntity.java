package dev.slipway.platform.instance;

import dev.slipway.platform.release.ReleaseId;
import dev.slipway.platform.runtime.InstanceId;
import dev.slipway.tenancy.identity.AppId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

@Entity(name = "Instance")
@Table(name = "instance")
@NullUnmarked
class InstanceEntity {
    @Id
    UUID id;

    @Column(name = "app_id")
    UUID appId;

    @Column(name = "release_id")
    UUID releaseId;

    @Column(name = "deployment_id")
    UUID deploymentId;

    String process;
    int slot;
    String site;
    String node;

    @Column(name = "cpu_millis")
    long cpuMillis;

    @Column(name = "memory_bytes")
    long memoryBytes;

    String state;
    String host;
    int port;
    String reason;
    int crashes;

    @Column(name = "not_before")
    Instant notBefore;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "state_since")
    Instant stateSince;

    boolean removed;
    boolean leaving;

    InstanceState state() {
        return InstanceState.of(state, reason == null ? "" : reason);
    }

    void state(InstanceState next, Instant now) {
        state = next.code();
        reason = next.reason().isEmpty() ? null : next.reason();
        stateSince = now;
    }

    Instance toRecord() {
        return new Instance(
                new InstanceId(id),
                new AppId(appId),
                new ReleaseId(releaseId),
                deploymentId,
                process,
                slot,
                site,
                node,
                state(),
                host == null ? Optional.empty() : Optional.of(new Instance.Endpoint(host, port)),
                crashes,
                notBefore,
                createdAt,
                stateSince,
                leaving);
    }
}
