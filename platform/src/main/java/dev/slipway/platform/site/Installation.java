package dev.slipway.platform.site;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.util.UUID;

/** Knows which installation this is: its id was made once, by the database. */
@ApplicationScoped
class Installation {
    @Produces
    @Singleton
    InstallationId id(EntityManager entities) {
        UUID id = QuarkusTransaction.requiringNew()
                .call(() -> (UUID) entities.createNativeQuery("select id from installation", UUID.class)
                        .getSingleResult());
        return new InstallationId(id);
    }
}
