package dev.slipway.tenancy.tenant;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code person}. */
@Entity
@Table(name = "person")
class PersonEntity {
    @Id
    UUID id;

    @Column(name = "name")
    String name;

    @Nullable
    @Column(name = "password_hash")
    String passwordHash;

    @Column(name = "operator")
    boolean operator;

    @Column(name = "disabled")
    boolean disabled;

    @Nullable
    @Column(name = "operator_source")
    String operatorSource;

    @Nullable
    @Column(name = "disabled_source")
    String disabledSource;

    @Column(name = "created_at")
    Instant createdAt;
}
