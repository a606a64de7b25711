package dev.slipway.platform.door;

import dev.slipway.platform.image.PullPass;
import dev.slipway.registry.access.AccessDecision;
import dev.slipway.registry.access.AccessPolicy;
import dev.slipway.registry.access.Action;
import dev.slipway.registry.access.CredentialsVerifier;
import dev.slipway.registry.access.RegistryPrincipal;
import dev.slipway.registry.access.SignInCount;
import dev.slipway.registry.oci.RepositoryName;
import dev.slipway.tenancy.access.Authorizer;
import dev.slipway.tenancy.access.Decision;
import dev.slipway.tenancy.access.Permission;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.access.Subject;
import dev.slipway.tenancy.identity.AppName;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.InvalidNameException;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.tenancy.tenant.FailedSignIns;
import dev.slipway.tenancy.tenant.Tokens;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Opens the registry by tenancy: people and robots sign in with a token as the password, repository {@code tenant/app}
 * is for those who may pull or push that app's images. The platform's own repositories are for its own passes only.
 */
@ApplicationScoped
class RegistryDoor implements AccessPolicy, CredentialsVerifier, SignInCount {
    private final Tokens tokens;
    private final Authorizer authorizer;
    private final PullPass passes;
    private final SignedIn signedIn;
    private final FailedSignIns failures;

    RegistryDoor(Tokens tokens, Authorizer authorizer, PullPass passes, SignedIn signedIn, FailedSignIns failures) {
        this.tokens = tokens;
        this.authorizer = authorizer;
        this.passes = passes;
        this.signedIn = signedIn;
        this.failures = failures;
    }

    @Override
    public Optional<RegistryPrincipal> verify(String username, String password) {
        return passes.verify(username, password)
                .or(() -> tokens.verify(password).map(signedIn::remember));
    }

    @Override
    public AccessDecision decide(RegistryPrincipal principal, RepositoryName repository, Action action) {
        Optional<Boolean> byPass = PullPass.decide(principal, repository, action);
        if (byPass.isPresent()) {
            return byPass.get() ? AccessDecision.allowed() : AccessDecision.denied();
        }
        Optional<Principal> who = signedIn.recall(principal);
        Optional<AppRef> app = app(repository);
        if (who.isEmpty() || app.isEmpty()) {
            return AccessDecision.denied();
        }
        Permission permission = action == Action.PULL ? Permission.REGISTRY_PULL : Permission.REGISTRY_PUSH;
        return switch (authorizer.attempt(who.get(), permission, Subject.of(app.get()))) {
            case Decision.Allowed allowed -> AccessDecision.allowed();
            case Decision.Denied denied -> new AccessDecision.Denied(denied.mayKnow());
        };
    }

    @Override
    public boolean mayListRepositories(RegistryPrincipal principal) {
        return signedIn.recall(principal)
                .map(who -> authorizer
                        .attempt(who, Permission.PLATFORM_OPERATE, Subject.platform())
                        .allowed())
                .orElse(false);
    }

    @Override
    public Optional<Duration> turnedAway(String address) {
        return failures.turnedAway(address);
    }

    @Override
    public void failed(String address) {
        failures.failed(address);
    }

    private static Optional<AppRef> app(RepositoryName repository) {
        List<String> parts = repository.components();
        if (parts.size() != 2) {
            return Optional.empty();
        }
        try {
            return Optional.of(new AppRef(TenantName.parse(parts.get(0)), AppName.parse(parts.get(1))));
        } catch (InvalidNameException e) {
            return Optional.empty();
        }
    }
}
