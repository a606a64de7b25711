package dev.slipway.platform.door;

import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.app.AppSettingsStore;
import dev.slipway.platform.git.DeployBranch;
import dev.slipway.tenancy.identity.AppId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Optional;

/** The deploy branch in the app's settings. */
@ApplicationScoped
@Transactional
class StoredDeployBranch implements DeployBranch {
    private final AppSettingsStore settings;

    StoredDeployBranch(AppSettingsStore settings) {
        this.settings = settings;
    }

    @Override
    public Optional<String> of(AppId app) {
        return settings.find(app).flatMap(AppSettings::deployBranch);
    }

    @Override
    public String claim(AppId app, String branch, Optional<String> expected) {
        Optional<String> inForce = settings.lock(app).deployBranch();
        if (inForce.isPresent() && !inForce.equals(expected)) {
            return inForce.get();
        }
        settings.deployBranch(app, branch);
        return branch;
    }
}
