package dev.slipway.web.page;

import dev.slipway.tenancy.identity.RefusalException;
import dev.slipway.web.language.Messages;
import dev.slipway.web.session.Notice;
import dev.slipway.web.session.Visitor;
import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.function.Function;

/** Answers this request with a page, or sends the browser to one. */
@RequestScoped
public class Pages {
    private static final String HTML = "text/html; charset=utf-8";
    private static final int SEE_OTHER = 303;

    private final Visitor visitor;
    private final Frames frames;

    Pages(Visitor visitor, Frames frames) {
        this.visitor = visitor;
        this.frames = frames;
    }

    /** Shows a page in this request's language. */
    public Response show(TemplateInstance page) {
        return show(200, page);
    }

    public Response show(int status, TemplateInstance page) {
        String text = page.setLocale(frames.language().locale()).render();
        return withCookie(
                Response.status(status).type(HTML).entity(text).header(HttpHeaders.CACHE_CONTROL, "no-store"));
    }

    /** Sends the browser to read another page; a path alone stays right behind any proxy (RFC 9110, 10.2.2 and 15.4.4). */
    public Response to(String path) {
        return withCookie(Response.status(SEE_OTHER).header(HttpHeaders.LOCATION, path));
    }

    /**
     * Makes a change and sends the browser back to the page with its form, which tells what became of it.
     *
     * @param change returns the sentence to tell
     * @throws RefusalException when what was asked about does not exist for this person
     */
    public Response change(String back, Function<Messages, String> change) {
        Notice notice;
        try {
            notice = Notice.done(change.apply(frames.language().messages()));
        } catch (RefusalException e) {
            if (Refusals.unknown(e)) {
                throw e;
            }
            notice = Notice.refused(e.sentence());
        }
        visitor.leave(notice);
        return to(back);
    }

    private Response withCookie(Response.ResponseBuilder answer) {
        visitor.cookie().ifPresent(answer::cookie);
        return answer.build();
    }
}
