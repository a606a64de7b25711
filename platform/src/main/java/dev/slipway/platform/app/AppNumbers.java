package dev.slipway.platform.app;

import dev.slipway.tenancy.identity.AppId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/** Counts an app's builds, releases and deployments: 1, 2, 3, … in the caller's transaction. */
@ApplicationScoped
public class AppNumbers {
    private final AppSettingsRepository repository;

    AppNumbers(AppSettingsRepository repository) {
        this.repository = repository;
    }

    @Transactional(Transactional.TxType.MANDATORY)
    public int nextBuild(AppId app) {
        return repository.next(app.value(), "next_build");
    }

    @Transactional(Transactional.TxType.MANDATORY)
    public int nextRelease(AppId app) {
        return repository.next(app.value(), "next_release");
    }

    @Transactional(Transactional.TxType.MANDATORY)
    public int nextDeployment(AppId app) {
        return repository.next(app.value(), "next_deployment");
    }
}
