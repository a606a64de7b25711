package dev.slipway.platform.site;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.NullUnmarked;

@Entity(name = "Site")
@Table(name = "site")
@NullUnmarked
class SiteEntity {
    @Id
    UUID id;

    String name;
    String kind;
    String address;

    @Column(name = "settings_sealed")
    byte[] settingsSealed;

    @JdbcTypeCode(SqlTypes.JSON)
    Map<String, String> attributes;

    String state;
    boolean draining;
    int version;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "state_since")
    Instant stateSince;

    SiteState state() {
        return SiteState.of(state, draining);
    }

    void state(SiteState next, Instant now) {
        state = next.code();
        draining = next.drains();
        stateSince = now;
    }
}
