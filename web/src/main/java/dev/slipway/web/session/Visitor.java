package dev.slipway.web.session;

import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.identity.UserId;
import dev.slipway.tenancy.tenant.Account;
import dev.slipway.tenancy.tenant.Accounts;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.NewCookie;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who makes this request, by the session that its cookie names. The account is read each time: disabling it ends all. */
@RequestScoped
public class Visitor {
    /** The cookie's name. */
    public static final String COOKIE = "slipway_session";

    private final HttpHeaders headers;
    private final Sessions sessions;
    private final Accounts accounts;
    private final SessionSettings settings;
    private @Nullable SessionToken token;
    private boolean fresh;
    private boolean noticed;
    private @Nullable Optional<Principal.Person> person;

    Visitor(HttpHeaders headers, Sessions sessions, Accounts accounts, SessionSettings settings) {
        this.headers = headers;
        this.sessions = sessions;
        this.accounts = accounts;
        this.settings = settings;
    }

    /** The person who signed in, if one did. */
    public Optional<Principal.Person> person() {
        Optional<Principal.Person> known = person;
        if (known == null) {
            known = presented()
                    .flatMap(sessions::find)
                    .map(this::noticed)
                    .flatMap(accounts::byId)
                    .filter(account -> !account.disabled())
                    .map(Visitor::principal);
            person = known;
        }
        return known;
    }

    private UserId noticed(Sessions.Found found) {
        noticed |= found.noticed();
        return found.person();
    }

    /** The person, on pages that only those see who signed in. */
    public Principal.Person signedIn() {
        return person().orElseThrow(() -> new IllegalStateException("a page for signed-in people was not marked so"));
    }

    /** What each form has to carry. */
    public String formToken() {
        return token().formToken();
    }

    /** Whether a form that came back is one that this browser was given. */
    public boolean gave(String formToken) {
        return presented().filter(mine -> mine.owns(formToken)).isPresent();
    }

    /** Signs a person in under a new token; the one from before opens nothing any more. */
    public void signIn(Principal.Person who) {
        signIn(who, Optional.empty());
    }

    /** The same for a person who came from an identity provider, whose session there ends this one too. */
    public void signIn(Principal.Person who, Optional<UUID> company) {
        presented().ifPresent(sessions::end);
        token = sessions.begin(who.id(), company);
        fresh = true;
        person = Optional.of(who);
    }

    /** The session at an identity provider that this one hangs on, if it does. */
    public Optional<UUID> company() {
        return presented().flatMap(sessions::company);
    }

    /** Ends the session. */
    public void signOut() {
        presented().ifPresent(sessions::end);
        token = sessions.anonymous();
        fresh = true;
        person = Optional.empty();
    }

    /** Ends the person's other sessions, as after a change of the password. */
    public void endOthers() {
        presented().ifPresent(mine -> sessions.endOthers(signedIn().id(), mine));
    }

    /** Leaves a notice for the next page; without a session there is nobody to leave it to. */
    public void leave(Notice notice) {
        if (person().isPresent()) {
            sessions.leave(token(), notice);
            noticed = true;
        }
    }

    /** The notice that the page before left. */
    public Optional<Notice> takeNotice() {
        return person().isPresent() && noticed ? sessions.take(token()) : Optional.empty();
    }

    /** The cookie to set with this answer, if the browser does not have it yet. */
    public Optional<NewCookie> cookie() {
        SessionToken current = token;
        if (!fresh || current == null) {
            return Optional.empty();
        }
        return Optional.of(new NewCookie.Builder(COOKIE)
                .value(current.text())
                .path("/")
                .httpOnly(true)
                .secure(settings.secureCookies())
                .sameSite(NewCookie.SameSite.LAX)
                .build());
    }

    private SessionToken token() {
        SessionToken known = token;
        if (known == null) {
            Optional<SessionToken> given = presented();
            fresh = given.isEmpty();
            known = given.orElseGet(sessions::anonymous);
            token = known;
        }
        return known;
    }

    private Optional<SessionToken> presented() {
        Cookie cookie = headers.getCookies().get(COOKIE);
        return SessionToken.parse(cookie == null ? null : cookie.getValue());
    }

    private static Principal.Person principal(Account account) {
        return new Principal.Person(account.id(), account.name().value(), account.operator());
    }
}
