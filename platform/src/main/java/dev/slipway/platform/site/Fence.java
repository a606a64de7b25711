package dev.slipway.platform.site;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

/** Refuses the acts of a leader that has been succeeded, inside the act's own transaction. */
@ApplicationScoped
public class Fence {
    private final EntityManager entities;
    private final Leadership leadership;

    Fence(EntityManager entities, Leadership leadership) {
        this.entities = entities;
        this.leadership = leadership;
    }

    /**
     * Holds the epoch until the caller's transaction ends.
     *
     * @return the epoch
     * @throws StaleLeaderException when this process does not lead
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public long hold() {
        long mine = leadership.epoch().orElseThrow(() -> new StaleLeaderException(0));
        Object stored = entities.createNativeQuery("select leader_epoch from installation for share")
                .getSingleResult();
        if (((Number) stored).longValue() != mine) {
            throw new StaleLeaderException(mine);
        }
        return mine;
    }
}
