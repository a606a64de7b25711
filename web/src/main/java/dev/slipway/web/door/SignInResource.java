package dev.slipway.web.door;

import dev.slipway.platform.issuer.CompanyDoor;
import dev.slipway.platform.issuer.IssuerUnavailableException;
import dev.slipway.tenancy.tenant.CompanySessions;
import dev.slipway.tenancy.tenant.PasswordDoor;
import dev.slipway.tenancy.tenant.SignIn;
import dev.slipway.web.language.Messages;
import dev.slipway.web.page.ForEverybody;
import dev.slipway.web.page.Form;
import dev.slipway.web.page.Frames;
import dev.slipway.web.page.LocalPath;
import dev.slipway.web.page.Pages;
import dev.slipway.web.page.WebPage;
import dev.slipway.web.session.Visitor;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Lets people in by password, and out again. */
@Path("/")
@WebPage
public class SignInResource {
    private final PasswordDoor door;
    private final Visitor visitor;
    private final Pages pages;
    private final Frames frames;
    private final CompanyDoor company;
    private final CompanySessions companySessions;

    SignInResource(
            PasswordDoor door,
            Visitor visitor,
            Pages pages,
            Frames frames,
            CompanyDoor company,
            CompanySessions companySessions) {
        this.door = door;
        this.visitor = visitor;
        this.pages = pages;
        this.frames = frames;
        this.company = company;
        this.companySessions = companySessions;
    }

    /** The form; who is in already goes on. */
    @GET
    @Path("sign-in")
    @ForEverybody
    public Response form(@QueryParam("next") @Nullable String next) {
        LocalPath onwards = LocalPath.parse(next);
        return visitor.person().isPresent()
                ? pages.to(onwards.text())
                : pages.show(new SignInPage(
                        frames.plain(), "", onwards.text(), Optional.empty(), SignInWay.of(company, onwards)));
    }

    /** Tries the password. */
    @POST
    @Path("sign-in")
    @ForEverybody
    public Response signIn(MultivaluedMap<String, String> fields, @Context HttpServerRequest request) {
        Form form = Form.of(fields);
        LocalPath onwards = LocalPath.parse(form.text("next"));
        String address = String.valueOf(request.remoteAddress().hostAddress());
        Messages messages = frames.language().messages();
        return switch (door.signIn(form.text("name"), form.exact("password"), address)) {
            case SignIn.SignedIn in -> {
                visitor.signIn(in.person());
                yield pages.to(onwards.text());
            }
            case SignIn.Refused refused -> again(401, form, onwards, messages.signInRefused());
            case SignIn.Locked locked ->
                again(
                        429,
                        form,
                        onwards,
                        messages.signInLocked(Math.max(1, locked.left().toSeconds())));
        };
    }

    /** Ends the session, and the one at the identity provider that it began with. */
    @POST
    @Path("sign-out")
    @ForEverybody
    public Response signOut(MultivaluedMap<String, String> fields, @Context UriInfo uri) {
        Optional<UUID> there = visitor.company();
        Optional<String> end = there.flatMap(session -> endAddress(session, uri));
        visitor.signOut();
        there.ifPresent(companySessions::end);
        return pages.to(end.orElse("/sign-in"));
    }

    /** The session here ends also while the provider is away. */
    private Optional<String> endAddress(UUID session, UriInfo uri) {
        try {
            return company.endAddress(session, uri.getBaseUri().resolve("/sign-in"));
        } catch (IssuerUnavailableException e) {
            return Optional.empty();
        }
    }

    private Response again(int status, Form form, LocalPath onwards, String refusal) {
        return pages.show(
                status,
                new SignInPage(
                        frames.plain(),
                        form.text("name"),
                        onwards.text(),
                        Optional.of(refusal),
                        SignInWay.of(company, onwards)));
    }
}
