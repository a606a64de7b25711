package dev.slipway.platform.build;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@ApplicationScoped
class BuildRepository implements PanacheRepositoryBase<BuildEntity, UUID> {

    BuildEntity locked(UUID id) {
        BuildEntity entity = findById(id, LockModeType.PESSIMISTIC_WRITE);
        if (entity == null) {
            throw new IllegalStateException("no such build: build=" + id);
        }
        return entity;
    }

    /** The oldest queued builds of apps that have none running; another worker's candidates are passed over. */
    List<BuildEntity> claimable(int most) {
        return getEntityManager()
                .createNativeQuery(
                        "select b.* from build b where b.state = 'QUEUED' and not exists"
                                + " (select 1 from build r where r.app_id = b.app_id and r.state = 'RUNNING')"
                                + " order by b.created_at limit :most for update of b skip locked",
                        BuildEntity.class)
                .setParameter("most", most)
                .unwrap(org.hibernate.query.NativeQuery.class)
                .getResultList();
    }

    Optional<BuildEntity> byNumber(UUID app, int number) {
        return find("appId = ?1 and number = ?2", app, number).firstResultOptional();
    }
}
