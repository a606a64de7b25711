package dev.slipway.tenancy.tenant;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Finds rows of {@code person}. */
@ApplicationScoped
class PersonRows implements PanacheRepositoryBase<PersonEntity, UUID> {
    Optional<PersonEntity> named(String name) {
        return find("name", name).firstResultOptional();
    }

    /** Locks the operators that can sign in, so that two cannot be taken away at once. */
    List<PersonEntity> lockOperators() {
        return find("operator and not disabled order by id")
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .list();
    }
}
