package dev.slipway.platform.reconcile;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

@Entity(name = "Slot")
@Table(name = "slot")
@NullUnmarked
class SlotEntity {
    @Id
    UUID id;

    @Column(name = "app_id")
    UUID appId;

    String process;
    int slot;
}
