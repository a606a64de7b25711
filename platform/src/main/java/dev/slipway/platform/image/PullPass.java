package dev.slipway.platform.image;

import dev.slipway.platform.runtime.PullCredentials;
import dev.slipway.registry.access.AccessToken;
import dev.slipway.registry.access.Action;
import dev.slipway.registry.access.RegistryPrincipal;
import dev.slipway.registry.access.TokenCodec;
import dev.slipway.registry.oci.RepositoryName;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Short-lived credentials with which an engine pulls, or a Dockerfile build pushes, one repository and nothing else. */
@ApplicationScoped
public class PullPass {
    private static final String USER = "_slipway";
    private static final String SUBJECT = "pass:";
    private static final Duration LIFE = Duration.ofMinutes(30);

    private final TokenCodec tokens;
    private final Clock clock;

    PullPass(TokenCodec tokens, Clock clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    /** Credentials for the given actions on one repository, good for half an hour. */
    public PullCredentials issue(RepositoryName repository, Set<Action> actions) {
        RegistryPrincipal holder =
                new RegistryPrincipal(SUBJECT + repository + (actions.contains(Action.PUSH) ? "?push" : ""));
        AccessToken token = new AccessToken(
                holder, Map.of(repository, actions), false, clock.instant().plus(LIFE));
        return new PullCredentials(USER, tokens.write(token));
    }

    /** Who shows such credentials; empty for all others. */
    public Optional<RegistryPrincipal> verify(String username, String password) {
        return username.equals(USER)
                ? tokens.read(password)
                        .map(AccessToken::principal)
                        .filter(holder -> holder.subject().startsWith(SUBJECT))
                : Optional.empty();
    }

    /** Whether a principal that came by such credentials may do this; empty when it came otherwise. */
    public static Optional<Boolean> decide(RegistryPrincipal principal, RepositoryName repository, Action action) {
        if (!principal.subject().startsWith(SUBJECT)) {
            return Optional.empty();
        }
        String held = principal.subject().substring(SUBJECT.length());
        boolean push = held.endsWith("?push");
        String name = push ? held.substring(0, held.length() - "?push".length()) : held;
        boolean mine = name.equals(repository.value());
        return Optional.of(mine && (action == Action.PULL || action == Action.PUSH && push));
    }
}
