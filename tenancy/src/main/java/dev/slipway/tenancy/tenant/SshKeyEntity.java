package dev.slipway.tenancy.tenant;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A row of {@code ssh_key}. */
@Entity
@Table(name = "ssh_key")
class SshKeyEntity {
    @Id
    UUID id;

    @Column(name = "person_id")
    UUID personId;

    @Column(name = "fingerprint")
    String fingerprint;

    @Column(name = "kind")
    String kind;

    @Column(name = "public_key")
    byte[] publicKey;

    @Column(name = "comment")
    String comment;

    @Column(name = "created_at")
    Instant createdAt;
}
