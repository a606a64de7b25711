package dev.slipway.platform.door;

import dev.slipway.platform.git.GitAccess;
import dev.slipway.platform.git.RepositoryAccess;
import dev.slipway.tenancy.access.Authorizer;
import dev.slipway.tenancy.access.Decision;
import dev.slipway.tenancy.access.Permission;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.access.Subject;
import dev.slipway.tenancy.app.App;
import dev.slipway.tenancy.app.Apps;
import dev.slipway.tenancy.identity.AppRef;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Who may fetch and push: reading takes the permission to view an app, pushing the one to deploy it. */
@ApplicationScoped
class TenancyGitAccess implements GitAccess {
    private final Authorizer authorizer;
    private final Apps apps;

    TenancyGitAccess(Authorizer authorizer, Apps apps) {
        this.authorizer = authorizer;
        this.apps = apps;
    }

    @Override
    public RepositoryAccess decide(Principal principal, AppRef app, Want want) {
        Permission permission = want == Want.WRITE ? Permission.APP_DEPLOY : Permission.APP_VIEW;
        Subject subject = Subject.of(app);
        if (authorizer.attempt(principal, permission, subject) instanceof Decision.Denied denied) {
            return denied.mayKnow() && apps.find(app).isPresent()
                    ? new RepositoryAccess.Forbidden(denied.reason())
                    : new RepositoryAccess.NotFound(subject.unknown());
        }
        Optional<App> found = apps.find(app);
        return found.<RepositoryAccess>map(there -> new RepositoryAccess.Granted(there.id(), there.ref()))
                .orElseGet(() -> new RepositoryAccess.NotFound(subject.unknown()));
    }
}
