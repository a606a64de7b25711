package dev.slipway.web.door;

import dev.slipway.platform.issuer.CompanyDoor;
import dev.slipway.web.page.ForEverybody;
import dev.slipway.web.page.Frames;
import dev.slipway.web.page.LocalPath;
import dev.slipway.web.page.Pages;
import dev.slipway.web.page.WebPage;
import dev.slipway.web.session.SessionSettings;
import dev.slipway.web.session.Visitor;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The end of a sign-in by an identity provider: what stands before it sends everybody else there first. */
@Path("/sign-in/with/{issuer}")
@WebPage
public class CompanySignInResource {
    private final CompanyDoor door;
    private final Visitor visitor;
    private final SessionSettings settings;
    private final Pages pages;
    private final Frames frames;

    CompanySignInResource(CompanyDoor door, Visitor visitor, SessionSettings settings, Pages pages, Frames frames) {
        this.door = door;
        this.visitor = visitor;
        this.settings = settings;
        this.pages = pages;
        this.frames = frames;
    }

    /** Begins a session. */
    @GET
    @ForEverybody
    public Response arrive(@PathParam("issuer") String issuer, @QueryParam("next") @Nullable String next) {
        LocalPath onwards = LocalPath.parse(next);
        CompanyDoor.Arrival arrival = door.arrive(issuer, settings.sessionLife());
        if (arrival.account().disabled()) {
            String refusal = frames.language()
                    .messages()
                    .signInDisabled(arrival.account().name().value());
            return pages.show(
                    403,
                    new SignInPage(
                            frames.plain(), "", onwards.text(), Optional.of(refusal), SignInWay.of(door, onwards)));
        }
        visitor.signIn(arrival.account().principal(), Optional.of(arrival.session()));
        return pages.to(onwards.text());
    }
}
