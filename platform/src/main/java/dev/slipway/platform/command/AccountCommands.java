package dev.slipway.platform.command;

import dev.slipway.tenancy.access.Authorizer;
import dev.slipway.tenancy.access.Permission;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.access.Reach;
import dev.slipway.tenancy.access.Scopes;
import dev.slipway.tenancy.access.Subject;
import dev.slipway.tenancy.identity.NotPossibleException;
import dev.slipway.tenancy.identity.SshKeyId;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.tenancy.identity.TokenId;
import dev.slipway.tenancy.identity.UserId;
import dev.slipway.tenancy.tenant.IssuedToken;
import dev.slipway.tenancy.tenant.SshKey;
import dev.slipway.tenancy.tenant.SshKeys;
import dev.slipway.tenancy.tenant.Tenants;
import dev.slipway.tenancy.tenant.Token;
import dev.slipway.tenancy.tenant.TokenRequest;
import dev.slipway.tenancy.tenant.Tokens;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a person can ask about themselves: who they are, their ssh keys, their tokens; and a tenant's robots. */
@ApplicationScoped
public class AccountCommands {
    private final Authorizer authorizer;
    private final Tenants tenants;
    private final SshKeys keys;
    private final Tokens tokens;

    AccountCommands(Authorizer authorizer, Tenants tenants, SshKeys keys, Tokens tokens) {
        this.authorizer = authorizer;
        this.tenants = tenants;
        this.keys = keys;
        this.tokens = tokens;
    }

    /**
     * Who asks.
     *
     * @param kind {@code person} or {@code robot}
     * @param roles by tenant
     * @param scopes of the token, if it came with one
     */
    public record Identity(
            String name, String kind, boolean operator, Map<String, String> roles, Optional<String> scopes) {}

    /** An ssh key. */
    public record KeyFacts(String id, String fingerprint, String kind, String comment, Instant createdAt) {}

    /**
     * A token without its text.
     *
     * @param reach {@code everywhere}, a tenant, or {@code tenant/app}
     * @param state {@code active}, {@code revoked}; an expired one is active with {@code expiresAt} in the past
     */
    public record TokenFacts(
            String id,
            String name,
            List<String> scopes,
            String reach,
            String state,
            Instant createdAt,
            Instant expiresAt,
            Optional<Instant> lastUsedAt) {}

    /** A new token; its text is shown this once. */
    public record NewToken(String token, TokenFacts facts) {
        @Override
        public String toString() {
            return "NewToken[" + facts.id() + "]";
        }
    }

    public Identity whoAmI(Principal principal) {
        Map<String, String> roles = new TreeMap<>();
        if (principal instanceof Principal.Person person) {
            tenants.of(person.id())
                    .forEach(member ->
                            roles.put(member.tenant().value(), member.role().text()));
        }
        return new Identity(
                name(principal),
                principal instanceof Principal.Person ? "person" : "robot",
                principal instanceof Principal.Person person && person.operator(),
                roles,
                principal.pass().map(pass -> pass.scopes().toString()));
    }

    public List<KeyFacts> keys(Principal principal) {
        return keys.list(viewable(principal)).stream()
                .map(AccountCommands::facts)
                .toList();
    }

    /** @param line as in a {@code .pub} file */
    public KeyFacts addKey(Principal principal, String line) {
        return facts(keys.add(principal, person(principal), line));
    }

    /** @param which the key's id or fingerprint */
    public void removeKey(Principal principal, String which) {
        SshKeyId id = keys.list(viewable(principal)).stream()
                .filter(key -> key.fingerprint().equals(which))
                .map(SshKey::id)
                .findFirst()
                .orElseGet(() -> SshKeyId.parse(which));
        keys.remove(principal, id);
    }

    /** The principal's own tokens. */
    public List<TokenFacts> tokens(Principal principal) {
        return tokens.list(viewable(principal)).stream()
                .map(AccountCommands::facts)
                .toList();
    }

    /** The tokens of a tenant's robots. */
    public List<TokenFacts> robots(Principal principal, TenantName tenant) {
        authorizer.require(principal, Permission.TENANT_TOKENS, Subject.of(tenant));
        return tokens.robots(tenant).stream().map(AccountCommands::facts).toList();
    }

    /** Issues a token for the principal, good wherever the principal may go. */
    public NewToken createToken(Principal principal, String name, Scopes scopes, Optional<Duration> life) {
        return issue(
                principal, new TokenRequest(Optional.of(person(principal)), name, scopes, Reach.everywhere(), life));
    }

    /** Issues a token for a robot, good in a tenant or for an app. */
    public NewToken createRobot(Principal principal, String name, Scopes scopes, Reach reach, Optional<Duration> life) {
        return issue(principal, new TokenRequest(Optional.empty(), name, scopes, reach, life));
    }

    public void revokeToken(Principal principal, TokenId id) {
        tokens.revoke(principal, id);
    }

    /** Puts a new token in the place of one that stays good for a while more. */
    public NewToken rotateToken(Principal principal, TokenId id, Duration overlap) {
        IssuedToken issued = tokens.rotate(principal, id, overlap);
        return new NewToken(issued.plainText(), facts(issued.token()));
    }

    private NewToken issue(Principal principal, TokenRequest request) {
        IssuedToken issued = tokens.issue(principal, request);
        return new NewToken(issued.plainText(), facts(issued.token()));
    }

    private UserId viewable(Principal principal) {
        UserId person = person(principal);
        authorizer.require(principal, Permission.ACCOUNT_VIEW, Subject.of(person));
        return person;
    }

    private static UserId person(Principal principal) {
        if (principal instanceof Principal.Person person) {
            return person.id();
        }
        throw new NotPossibleException("account", name(principal), "A robot has no account of its own.");
    }

    private static String name(Principal principal) {
        return switch (principal) {
            case Principal.Person person -> person.name();
            case Principal.Robot robot -> robot.name();
            case Principal.PlatformProcess process -> process.name();
        };
    }

    private static KeyFacts facts(SshKey key) {
        return new KeyFacts(key.id().toString(), key.fingerprint(), key.kind(), key.comment(), key.createdAt());
    }

    private static TokenFacts facts(Token token) {
        return new TokenFacts(
                token.id().toString(),
                token.name(),
                token.scopes().names().stream().sorted().toList(),
                token.reach().toString(),
                token.revokedAt().isPresent() ? "revoked" : "active",
                token.createdAt(),
                token.expiresAt(),
                token.lastUsedAt());
    }
}
