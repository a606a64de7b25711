package dev.slipway.web.page;

import dev.slipway.web.language.Language;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.time.Duration;

/** Remembers the language that a person chose in this browser. */
@Path("/language")
@WebPage
public class LanguageResource {
    private static final int REMEMBERED = (int) Duration.ofDays(365).toSeconds();

    private final Pages pages;

    LanguageResource(Pages pages) {
        this.pages = pages;
    }

    /** Chooses, and goes back to the page. */
    @POST
    @ForEverybody
    public Response choose(MultivaluedMap<String, String> fields) {
        Form form = Form.of(fields);
        Language language = Language.parse(form.text("language")).orElse(Language.ENGLISH);
        return Response.fromResponse(pages.to(LocalPath.parse(form.text("next")).text()))
                .cookie(new NewCookie.Builder(Frames.LANGUAGE_COOKIE)
                        .value(language.code())
                        .path("/")
                        .maxAge(REMEMBERED)
                        .httpOnly(true)
                        .sameSite(NewCookie.SameSite.LAX)
                        .build())
                .build();
    }
}
