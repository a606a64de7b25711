package dev.slipway.platform.issuer;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The configured identity providers, in the order of their names. A setting that cannot be stops the start. */
@ApplicationScoped
class Issuers {
    private final List<Issuer> all;

    Issuers(IssuerSettings settings) {
        this.all = settings.issuers().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> Issuer.of(entry.getKey(), entry.getValue()))
                .toList();
    }

    List<Issuer> all() {
        return all;
    }

    Optional<Issuer> named(String name) {
        return all.stream().filter(issuer -> issuer.name().equals(name)).findFirst();
    }
}
