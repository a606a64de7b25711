package dev.slipway.tenancy.tenant;

import dev.slipway.tenancy.access.Authorizer;
import dev.slipway.tenancy.access.Permission;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.access.Subject;
import dev.slipway.tenancy.access.TokenPass;
import dev.slipway.tenancy.audit.AuditEntry;
import dev.slipway.tenancy.audit.AuditField;
import dev.slipway.tenancy.audit.AuditLog;
import dev.slipway.tenancy.identity.InvalidNameException;
import dev.slipway.tenancy.identity.NotPossibleException;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.tenancy.identity.TokenId;
import dev.slipway.tenancy.identity.UnknownNameException;
import dev.slipway.tenancy.identity.UserId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tokens of people and robots: 256 random bits, stored hashed, scoped, expiring. A token narrows what its holder may
 * do and never widens it.
 */
@ApplicationScoped
public class Tokens {
    private static final Duration COARSE = Duration.ofMinutes(10);
    private static final Duration LONGEST_OVERLAP = Duration.ofDays(7);

    private final TokenStore store;
    private final AccountSettings settings;
    private final Authorizer authorizer;
    private final AuditLog audit;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    Tokens(TokenStore store, AccountSettings settings, Authorizer authorizer, AuditLog audit, InstantSource clock) {
        this.store = store;
        this.settings = settings;
        this.authorizer = authorizer;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Issues a token: people for themselves, owners for the robots of their tenant, the platform for anybody.
     *
     * @throws dev.slipway.tenancy.access.DeniedException if the actor may not
     * @throws NotPossibleException if it would allow more than the token the actor came with
     * @throws InvalidNameException if it would live longer than the installation allows
     */
    @Transactional
    public IssuedToken issue(Principal actor, TokenRequest request) {
        Subject subject = owner(request);
        authorizer.require(actor, door(request), subject);
        refuseForOthers(actor, request);
        refuseWidening(actor, request);
        Instant at = now();
        String plainText = TokenText.fresh(random);
        Token token = new Token(
                TokenId.random(),
                request.name(),
                request.holder(),
                request.scopes(),
                request.reach(),
                at,
                actor.label(),
                at.plus(life(request)),
                Optional.empty(),
                Optional.empty());
        if (!store.insert(token, TokenText.hash(plainText))) {
            throw new UnknownNameException(
                    "app", request.reach().toString(), "There is no " + request.reach() + ", or you may not see it.");
        }
        record(actor, "token.issue", subject, token);
        return new IssuedToken(token, plainText);
    }

    /**
     * Who a token stands for; empty for anything that opens nothing: malformed, unknown, expired, revoked, of a
     * disabled person or a destroyed app.
     */
    @Transactional
    public Optional<Principal> verify(String plainText) {
        if (!TokenText.shaped(plainText)) {
            return Optional.empty();
        }
        byte[] hash = TokenText.hash(plainText);
        Instant at = now();
        return store.byHash(hash)
                .filter(found -> MessageDigest.isEqual(hash, found.hash()))
                .filter(found -> found.token().expiresAt().isAfter(at))
                .filter(found -> found.token().revokedAt().isEmpty())
                .filter(found -> !found.disabled() && !found.destroyed())
                .map(found -> {
                    touch(found.token(), at);
                    return principal(found);
                });
    }

    /**
     * Revokes a token at once; nothing happens if it is revoked already.
     *
     * @throws UnknownNameException if there is none, or it is not the actor's to revoke
     */
    @Transactional
    public void revoke(Principal actor, TokenId id) {
        Token token = store.byId(id).orElseThrow(() -> unknown(id));
        Subject subject = owner(token.holder(), token.reach().tenant());
        Permission door = token.holder().isPresent() ? Permission.ACCOUNT_WRITE : Permission.TENANT_TOKENS;
        if (!authorizer.attempt(actor, door, subject).allowed()) {
            throw unknown(id);
        }
        if (store.revoke(id, now())) {
            record(actor, "token.revoke", subject, token);
        }
    }

    /**
     * Puts a new token in the place of one, with the same name, scopes, reach and length of life; the old one is good for a
     * while more, so that its user can change over. A token may rotate itself, so that no person has to look after a robot.
     *
     * @param overlap how long the old one still is good, seven days at most; it never lives longer than it would have
     * @throws UnknownNameException if there is none, or it is not the actor's
     * @throws NotPossibleException if it is over, or may do more than the token the actor came with
     */
    @Transactional
    public IssuedToken rotate(Principal actor, TokenId id, Duration overlap) {
        if (overlap.isNegative() || overlap.compareTo(LONGEST_OVERLAP) > 0) {
            throw new InvalidNameException(
                    "overlap",
                    overlap.toString(),
                    "The old token stays good for 0 minutes to " + LONGEST_OVERLAP.toDays() + " days.");
        }
        Token old = store.byId(id).orElseThrow(() -> unknown(id));
        Subject subject = owner(old.holder(), old.reach().tenant());
        boolean itself = actor.pass().filter(pass -> pass.id().equals(id)).isPresent();
        Permission door = old.holder().isPresent() ? Permission.ACCOUNT_WRITE : Permission.TENANT_TOKENS;
        if (!itself && !authorizer.attempt(actor, door, subject).allowed()) {
            throw unknown(id);
        }
        Instant at = now();
        if (old.revokedAt().isPresent() || !old.expiresAt().isAfter(at)) {
            throw new NotPossibleException("token", old.name(), "The token is over: create another one.");
        }
        Duration whole = Duration.between(old.createdAt(), old.expiresAt());
        Duration life = whole.compareTo(settings.tokenLongestLife()) > 0 ? settings.tokenLongestLife() : whole;
        TokenRequest same = new TokenRequest(old.holder(), old.name(), old.scopes(), old.reach(), Optional.of(life));
        refuseForOthers(actor, same);
        refuseWidening(actor, same);
        // Whoever ends it first made the new one; a second rotation of the same token finds it changed.
        Instant end = at.plus(overlap);
        if (!store.end(id, old.expiresAt(), end.isBefore(old.expiresAt()) ? end : old.expiresAt())) {
            throw new NotPossibleException("token", old.name(), "The token was rotated meanwhile: look at its list.");
        }
        String plainText = TokenText.fresh(random);
        Token token = new Token(
                TokenId.random(),
                old.name(),
                old.holder(),
                old.scopes(),
                old.reach(),
                at,
                actor.label(),
                at.plus(life),
                Optional.empty(),
                Optional.empty());
        if (!store.insert(token, TokenText.hash(plainText))) {
            throw unknown(id);
        }
        record(actor, "token.rotate", subject, token);
        return new IssuedToken(token, plainText);
    }

    /** A person's tokens, oldest first, the ended ones included. */
    public List<Token> list(UserId person) {
        return store.of(person);
    }

    /** The robots' tokens of a tenant and its apps, oldest first, the ended ones included. */
    public List<Token> robots(TenantName tenant) {
        return store.robots(tenant);
    }

    private void touch(Token token, Instant at) {
        Instant stale = at.minus(COARSE);
        if (token.lastUsedAt().isEmpty() || token.lastUsedAt().get().isBefore(stale)) {
            store.used(token.id(), at, stale);
        }
    }

    private static Principal principal(TokenStore.Found found) {
        Token token = found.token();
        TokenPass pass = new TokenPass(token.id(), token.scopes(), token.reach());
        return token.holder()
                .<Principal>map(id -> new Principal.Person(id, found.person(), found.operator(), Optional.of(pass)))
                .orElseGet(() -> new Principal.Robot(token.name(), pass));
    }

    private Duration life(TokenRequest request) {
        Duration life = request.life().orElse(settings.tokenLife());
        if (life.isNegative() || life.isZero() || life.compareTo(settings.tokenLongestLife()) > 0) {
            throw new InvalidNameException(
                    "token life",
                    life.toString(),
                    "A token lives up to " + settings.tokenLongestLife().toDays() + " days.");
        }
        return life;
    }

    /** An operator may look after accounts, but not act as somebody else. */
    private static void refuseForOthers(Principal actor, TokenRequest request) {
        boolean own = actor instanceof Principal.Person person
                && request.holder().filter(person.id()::equals).isPresent();
        if (request.holder().isPresent() && !own && !(actor instanceof Principal.PlatformProcess)) {
            throw new NotPossibleException("token", request.name(), "People issue their personal tokens themselves.");
        }
    }

    private static void refuseWidening(Principal actor, TokenRequest request) {
        Optional<TokenPass> pass = actor.pass();
        if (pass.isPresent()
                && !(pass.get().scopes().contain(request.scopes())
                        && pass.get().reach().contains(request.reach()))) {
            throw new NotPossibleException(
                    "token", request.name(), "A token cannot issue one that may do more than itself.");
        }
    }

    private static Permission door(TokenRequest request) {
        return request.holder().isPresent() ? Permission.ACCOUNT_WRITE : Permission.TENANT_TOKENS;
    }

    private static Subject owner(TokenRequest request) {
        return owner(request.holder(), request.reach().tenant());
    }

    private static Subject owner(Optional<UserId> holder, Optional<TenantName> tenant) {
        return holder.map(Subject::of).orElseGet(() -> tenant.map(Subject::of).orElse(Subject.platform()));
    }

    private void record(Principal actor, String action, Subject subject, Token token) {
        audit.append(AuditEntry.done(
                actor.label(),
                action,
                subject.audited(),
                Map.of(
                        AuditField.TOKEN_ID, token.id().toString(),
                        AuditField.NAME, token.name(),
                        AuditField.SCOPES, token.scopes().toString(),
                        AuditField.REACH, token.reach().toString(),
                        AuditField.EXPIRES, token.expiresAt().toString())));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static UnknownNameException unknown(TokenId id) {
        return new UnknownNameException("token", id.toString(), "You have no token " + id + ".");
    }
}
