package dev.slipway.web.account;

import dev.slipway.platform.command.AccountCommands;
import dev.slipway.platform.command.PeopleCommands;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.access.Scopes;
import dev.slipway.tenancy.identity.TokenId;
import dev.slipway.web.page.Form;
import dev.slipway.web.page.Frames;
import dev.slipway.web.page.Pages;
import dev.slipway.web.page.WebPage;
import dev.slipway.web.session.Visitor;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keys and tokens of the person who signed in. */
@Path("/account")
@WebPage
public class AccountResource {
    private static final Duration OVERLAP = Duration.ofHours(1);
    private static final String HERE = "/account";

    private final Visitor visitor;
    private final AccountCommands account;
    private final PeopleCommands people;
    private final Frames frames;
    private final Pages pages;

    AccountResource(Visitor visitor, AccountCommands account, PeopleCommands people, Frames frames, Pages pages) {
        this.visitor = visitor;
        this.account = account;
        this.people = people;
        this.frames = frames;
        this.pages = pages;
    }

    /** Lists them. */
    @GET
    public Response show() {
        return show(Optional.empty());
    }

    /** Adds an ssh key. */
    @POST
    @Path("keys")
    public Response addKey(MultivaluedMap<String, String> fields) {
        return pages.change(
                HERE,
                messages -> messages.keyAdded(
                        account.addKey(visitor.signedIn(), Form.of(fields).text("key"))
                                .fingerprint()));
    }

    /** Removes an ssh key. */
    @POST
    @Path("keys/remove")
    public Response removeKey(MultivaluedMap<String, String> fields) {
        return pages.change(HERE, messages -> {
            account.removeKey(visitor.signedIn(), Form.of(fields).text("key"));
            return messages.keyRemoved();
        });
    }

    /** Creates a token and answers with the only page that ever shows its text. */
    @POST
    @Path("tokens")
    public Response createToken(MultivaluedMap<String, String> fields) {
        Form form = Form.of(fields);
        List<String> issued = new ArrayList<>(1);
        Response refused = pages.change(HERE, messages -> {
            Duration life = Duration.ofDays(form.number("days"));
            issued.add(account.createToken(
                            visitor.signedIn(), form.text("name"), Scopes.parse(form.all("scope")), Optional.of(life))
                    .token());
            return messages.tokenCreated(form.text("name"));
        });
        return issued.isEmpty() ? refused : show(issued.stream().findFirst());
    }

    /** Rotates a token and answers with the only page that ever shows the new one's text. */
    @POST
    @Path("tokens/rotate")
    public Response rotateToken(MultivaluedMap<String, String> fields) {
        List<String> issued = new ArrayList<>(1);
        Response refused = pages.change(HERE, messages -> {
            issued.add(account.rotateToken(
                            visitor.signedIn(), TokenId.parse(Form.of(fields).text("token-id")), OVERLAP)
                    .token());
            return messages.tokenRotated();
        });
        return issued.isEmpty() ? refused : show(issued.stream().findFirst());
    }

    /** Revokes a token. */
    @POST
    @Path("tokens/revoke")
    public Response revokeToken(MultivaluedMap<String, String> fields) {
        return pages.change(HERE, messages -> {
            account.revokeToken(
                    visitor.signedIn(), TokenId.parse(Form.of(fields).text("token-id")));
            return messages.tokenRevoked();
        });
    }

    /** Changes the person's password, which ends their other sessions. */
    @POST
    @Path("password")
    public Response password(MultivaluedMap<String, String> fields, @Context HttpServerRequest request) {
        Form form = Form.of(fields);
        return pages.change(HERE, messages -> {
            people.ownPassword(
                    visitor.signedIn(),
                    form.exact("old"),
                    form.exact("fresh"),
                    String.valueOf(request.remoteAddress().hostAddress()));
            visitor.endOthers();
            return frames.language().accountMessages().passwordChanged();
        });
    }

    private Response show(Optional<String> issued) {
        Principal.Person person = visitor.signedIn();
        return pages.show(new AccountPage(
                frames.plain(),
                account.whoAmI(person),
                account.keys(person),
                account.tokens(person).stream()
                        .filter(token -> token.state().equals("active"))
                        .toList(),
                issued));
    }
}
