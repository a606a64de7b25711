package dev.slipway.registry.access;

import dev.slipway.registry.oci.ErrorCode;
import dev.slipway.registry.oci.RegistryException;
import dev.slipway.registry.oci.RepositoryName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The door: finds out who asks, lets them do what they may, and issues tokens for it. Fails closed. */
public final class Authentication {
    private static final String BEARER = "Bearer ";

    private final CredentialsVerifier credentials;
    private final SignInCount failures;
    private final AccessPolicy policy;
    private final TokenCodec tokens;
    private final RefreshTokens refreshTokens;
    private final Duration tokenLife;
    private final InstantSource clock;

    /**
     * A door with its three ports.
     *
     * @param tokenLife how long an issued token is good for
     */
    public Authentication(
            CredentialsVerifier credentials,
            SignInCount failures,
            AccessPolicy policy,
            TokenCodec tokens,
            RefreshTokens refreshTokens,
            Duration tokenLife,
            InstantSource clock) {
        this.credentials = credentials;
        this.failures = failures;
        this.policy = policy;
        this.tokens = tokens;
        this.refreshTokens = refreshTokens;
        this.tokenLife = tokenLife;
        this.clock = clock;
    }

    /** The registry's name in challenges and tokens. */
    public String service() {
        return tokens.service();
    }

    /** How long an issued token is good for. */
    public Duration tokenLife() {
        return tokenLife;
    }

    /** Whoever showed a good token; null if a token was not what they showed. Never blocks. */
    public @Nullable Caller byToken(@Nullable String header) {
        if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return null;
        }
        return tokens.read(header.substring(BEARER.length()).strip())
                .map(Caller.ByToken::new)
                .orElse(null);
    }

    /**
     * Who makes a request. May block.
     *
     * @param header the Authorization header
     * @param address where the request comes from
     * @throws RegistryException {@link ErrorCode#UNAUTHORIZED} if they showed something that is not good, {@link
     *     ErrorCode#TOOMANYREQUESTS} if too much of that kind came from there
     */
    public Caller caller(@Nullable String header, String address) {
        if (header == null) {
            return new Caller.Nobody();
        }
        Caller byToken = byToken(header);
        if (byToken != null) {
            return byToken;
        }
        return BasicCredentials.parse(header)
                .flatMap(shown -> verify(shown, address))
                .<Caller>map(Caller.ByPassword::new)
                .orElseThrow(() -> new RegistryException(
                        ErrorCode.UNAUTHORIZED, "the credentials are not good, or no longer: sign in again"));
    }

    /**
     * Whom a name and a password belong to. Bearer tokens are not counted when they are wrong: they cannot be guessed, and all
     * of them expire.
     *
     * @throws RegistryException {@link ErrorCode#TOOMANYREQUESTS} if they are wrong, as too many from there were
     */
    public Optional<RegistryPrincipal> verify(BasicCredentials shown, String address) {
        Optional<RegistryPrincipal> found = credentials.verify(shown.username(), shown.password());
        if (found.isEmpty()) {
            failures.turnedAway(address).ifPresent(wait -> {
                throw new RegistryException(
                        ErrorCode.TOOMANYREQUESTS, "too many wrong passwords or tokens came from this address", wait);
            });
            failures.failed(address);
        }
        return found;
    }

    /** True if the caller may; for asking about a second repository, such as the source of a mount. */
    public boolean allows(Caller caller, RepositoryName name, Action action) {
        return switch (caller) {
            case Caller.ByToken shown -> shown.token().grants(name, action);
            case Caller.Nobody nobody -> allowed(RegistryPrincipal.ANONYMOUS, name, action);
            case Caller.ByPassword shown -> allowed(shown.principal(), name, action);
        };
    }

    /**
     * Lets the caller do something to a repository, or refuses in a way that says nothing about whether it exists.
     *
     * @throws RegistryException {@link ErrorCode#UNAUTHORIZED} or {@link ErrorCode#INSUFFICIENT_SCOPE} if a (wider)
     *     token would help; {@link ErrorCode#DENIED}, or {@link ErrorCode#NAME_UNKNOWN} for what they may not know
     */
    public void require(Caller caller, RepositoryName name, Action action) {
        switch (caller) {
            case Caller.ByToken shown -> {
                if (!shown.token().grants(name, action)) {
                    throw new RegistryException(
                            shown.principal().anonymous() ? ErrorCode.UNAUTHORIZED : ErrorCode.INSUFFICIENT_SCOPE,
                            "the token does not grant " + action.word() + " on " + name);
                }
            }
            case Caller.Nobody nobody -> {
                if (!allowed(RegistryPrincipal.ANONYMOUS, name, action)) {
                    throw new RegistryException(ErrorCode.UNAUTHORIZED, "sign in to " + action.word() + " " + name);
                }
            }
            case Caller.ByPassword shown -> {
                if (policy.decide(shown.principal(), name, action) instanceof AccessDecision.Denied denied) {
                    throw denied.mayKnow()
                            ? new RegistryException(ErrorCode.DENIED, "you may not " + action.word() + " " + name)
                            : new RegistryException(ErrorCode.NAME_UNKNOWN, "no repository " + name);
                }
            }
        }
    }

    /**
     * Lets the caller see the names of all repositories, or refuses.
     *
     * @throws RegistryException {@link ErrorCode#UNAUTHORIZED}, {@link ErrorCode#INSUFFICIENT_SCOPE} or {@link
     *     ErrorCode#DENIED}
     */
    public void requireCatalog(Caller caller) {
        boolean may = switch (caller) {
            case Caller.ByToken shown -> shown.token().catalog();
            case Caller.Nobody nobody -> false;
            case Caller.ByPassword shown -> policy.mayListRepositories(shown.principal());
        };
        if (!may) {
            ErrorCode code = switch (caller) {
                case Caller.ByToken shown -> ErrorCode.INSUFFICIENT_SCOPE;
                case Caller.Nobody nobody -> ErrorCode.UNAUTHORIZED;
                case Caller.ByPassword shown -> ErrorCode.DENIED;
            };
            throw new RegistryException(code, "the list of repositories is for operators");
        }
    }

    /** The repositories that a caller showed they may pull from; only of a token is it known without asking about each. */
    public static List<RepositoryName> pullable(Caller caller) {
        return caller instanceof Caller.ByToken shown
                ? shown.token().grants().entrySet().stream()
                        .filter(grant -> grant.getValue().contains(Action.PULL))
                        .map(Map.Entry::getKey)
                        .sorted()
                        .toList()
                : List.of();
    }

    /** Refresh tokens of this registry. */
    public RefreshTokens refreshTokens() {
        return refreshTokens;
    }

    /** Issues a token for as much of what is asked as the principal may do. */
    public IssuedToken issue(RegistryPrincipal principal, List<Scope> asked) {
        Map<RepositoryName, Set<Action>> grants = new HashMap<>();
        boolean catalog = false;
        for (Scope scope : asked) {
            switch (scope) {
                case Scope.OfCatalog all -> catalog = policy.mayListRepositories(principal);
                case Scope.OfRepository one -> {
                    Set<Action> granted = grants.computeIfAbsent(one.name(), name -> EnumSet.noneOf(Action.class));
                    for (Action action : one.actions()) {
                        if (allowed(principal, one.name(), action)) {
                            granted.add(action);
                        }
                    }
                }
            }
        }
        Instant now = clock.instant();
        AccessToken token = new AccessToken(principal, grants, catalog, now.plus(tokenLife));
        return new IssuedToken(tokens.write(token), token, now);
    }

    /**
     * A token ready to hand out.
     *
     * @param text the signed form
     * @param token what it says
     * @param issuedAt the beginning of its life
     */
    public record IssuedToken(String text, AccessToken token, Instant issuedAt) {}

    private boolean allowed(RegistryPrincipal principal, RepositoryName name, Action action) {
        return policy.decide(principal, name, action) instanceof AccessDecision.Allowed;
    }
}
